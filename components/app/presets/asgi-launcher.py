"""Runs uvicorn or ESG, and stops it without losing a request: asgi-launcher.py SERVER ARGUMENT...

Both close a connection that was accepted and not yet read when they are asked to stop. Here they first stop accepting,
then read what has arrived, and only then close what is idle. systemd is told when the app has started.
"""

import asyncio
import importlib
import os
import socket
import sys

READING_SECONDS = 0.1  # many rounds of the event loop, of which reading a new connection takes three


def notify(state):
    """Tells systemd about the state, as sd_notify(3) does."""
    address = os.environ.get("NOTIFY_SOCKET")
    # Only the main process is believed.
    if address and os.environ.get("LISTEN_PID") == str(os.getpid()):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notification:
            notification.connect("\0" + address[1:] if address[0] == "@" else address)
            notification.send(state)


def improve(server):
    """Makes the class of a server drain its connections, and say when it has started."""
    start_up, shut_down = server.startup, server.shutdown

    async def startup(self, *args, **kwargs):
        await start_up(self, *args, **kwargs)
        if self.started:
            notify(b"READY=1")

    async def shutdown(self, *args, **kwargs):
        notify(b"STOPPING=1")
        for listening in self.servers:
            listening.close()
        await asyncio.sleep(READING_SECONDS)
        await shut_down(self, *args, **kwargs)

    server.startup, server.shutdown = startup, shutdown


name = sys.argv[1] if len(sys.argv) > 1 else ""
if name not in ("uvicorn", "esg"):
    sys.exit("usage: asgi-launcher.py uvicorn|esg ARGUMENT...")
# Worker processes import this file again, so this is not only for the main one.
improve(importlib.import_module(f"{name}.server").Server)

if __name__ == "__main__":
    importlib.import_module(f"{name}.main").main(sys.argv[2:], prog_name=name)
