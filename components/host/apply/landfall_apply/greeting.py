"""What an app that does not speak HTTP says first."""

import socket

ANSWER_LIMIT = 1 << 20


def ask_port(check: dict, timeout: float) -> str:
    what = f"port {check['port']}"
    received = b""
    try:
        with socket.create_connection(("127.0.0.1", check["port"]), timeout) as connection:
            if check["contains"] is None:
                return ""
            while check["contains"].encode() not in received and len(received) < ANSWER_LIMIT:
                block = connection.recv(4096)
                if not block:
                    break
                received += block
    except OSError as error:
        return f"{what}: {error}"
    return "" if check["contains"].encode() in received else f"{what} did not greet with {check['contains']!r}"
