"""An app that says what it saw, by the standard library alone: on the socket that systemd hands over, or on the loopback port
or the path of a socket that comes behind its name.

A client may ask it, by headers, to answer with headers of its own: `X-Answer` holds a JSON object of them (a list where a
name comes more than once), `X-Status` the status, `X-Delay` the seconds before it answers. `/environment` tells the variables whose names start with
ECHO, and which instance it is of several.

It answers what it has in hand before it stops, as servers of apps do; what comes meanwhile waits in systemd's socket.
"""

import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLD = ("ECHO", "LANDFALL_INSTANCE")
FIRST_SOCKET = 3  # SD_LISTEN_FDS_START


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def parse_request(self):
        self.server.idle.discard(self.connection)
        return super().parse_request()

    def handle_one_request(self):
        super().handle_one_request()
        if self.server.stopping:
            self.close_connection = True
        elif not self.close_connection:
            self.server.idle.add(self.connection)

    def finish(self):
        self.server.idle.discard(self.connection)
        super().finish()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        seen = {
            "app": sys.argv[1],
            "method": self.command,
            "url": self.requestline.split(" ")[1],  # self.path has slashes at its start merged
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
        }
        if self.path.endswith("/environment"):
            seen["environment"] = {name: value for name, value in os.environ.items() if name.startswith(TOLD)}
        time.sleep(float(self.headers.get("X-Delay", "0")))
        text = json.dumps(seen).encode()
        answer = json.loads(self.headers.get("X-Answer", "{}"))
        # Python would say its own beside it, and of two headers of a name a web server may take either.
        self.version_string = lambda: answer.pop("Server", "echo")
        self.send_response(int(self.headers.get("X-Status", "200")))
        for name, values in answer.items():
            for value in values if isinstance(values, list) else [values]:
                self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *words):
        """nginx keeps the log; a client on a unix socket has no address that the default could write."""


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX  # the sandbox has no other without a port
    daemon_threads = False

    def __init__(self, sock):
        super().__init__(("", 0), Echo, bind_and_activate=False)
        self.socket.close()
        self.socket = sock
        self.stopping = False
        self.idle = set()  # connections that are kept between two requests

    def stop(self):
        self.stopping = True
        for connection in list(self.idle):
            with contextlib.suppress(OSError):  # it may be closed by now
                connection.shutdown(socket.SHUT_RD)  # what has come is read still
        self.shutdown()


def listening():
    if len(sys.argv) == 2:
        return socket.socket(fileno=FIRST_SOCKET)
    place = sys.argv[2]
    if place.isdigit():
        return socket.create_server(("127.0.0.1", int(place)))
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(place)
    sock.listen()
    return sock


server = Server(listening())
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
server.serve_forever(poll_interval=0.05)
server.server_close()  # waits for the answers in hand
