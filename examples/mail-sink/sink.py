"""A mail server that keeps every message as a file and delivers none. Listens on the TCP sockets that systemd hands over."""

import asyncio
import os
import signal
import socket
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP

FOLDER = Path(os.environ.get("MAIL_FOLDER", "messages"))
FIRST_SOCKET = 3  # SD_LISTEN_FDS_START
LARGEST_MESSAGE = 10 * 1024 * 1024
NAME = socket.gethostname()  # by default a name server would be asked


class Keep:
    """Keeps messages, whoever they are for."""

    def __init__(self):
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        lines = [f"X-Envelope-From: {envelope.mail_from}", f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}"]
        name = f"{time.time_ns()}-{os.getpid()}-{self.count}.eml"
        unfinished = FOLDER / f".{name}"
        unfinished.write_bytes("\r\n".join(lines).encode() + b"\r\n" + envelope.content)
        unfinished.rename(FOLDER / name)  # whoever looks sees whole messages only
        return f"250 kept as {name}"


def tcp_sockets():
    """The TCP sockets among those that systemd hands over."""
    count = int(os.environ.get("LISTEN_FDS", "0"))
    handed_over = [socket.socket(fileno=fd) for fd in range(FIRST_SOCKET, FIRST_SOCKET + count)]
    return [each for each in handed_over if each.family in (socket.AF_INET, socket.AF_INET6)]


async def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    sockets = tcp_sockets()
    if not sockets:
        raise SystemExit("no TCP socket was handed over")
    loop = asyncio.get_running_loop()
    handler = Keep()
    for each in sockets:
        await loop.create_server(
            lambda: SMTP(handler, hostname=NAME, ident="mail sink", data_size_limit=LARGEST_MESSAGE), sock=each
        )
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
