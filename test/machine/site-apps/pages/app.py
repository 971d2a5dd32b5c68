"""An app with files beside it, which says what it saw; a client may say how it answers, as with the echo app.

`X-Answer` holds a JSON object of headers, `X-Status` the status, `X-Delay` the milliseconds before the answer. What is sent by
POST below `/upload/` is kept in the data folder `media`.
"""

import json
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.command == "POST" and self.path.startswith("/upload/"):
            path = Path.home() / "media" / self.path.removeprefix("/upload/")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body)
        seen = {
            "app": sys.argv[1],
            "method": self.command,
            "url": self.requestline.split(" ")[1],
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
        }
        time.sleep(int(self.headers.get("X-Delay", "0")) / 1000)
        text = json.dumps(seen).encode()
        self.send_response(int(self.headers.get("X-Status", "200")))
        for name, values in json.loads(self.headers.get("X-Answer", "{}")).items():
            for value in values if isinstance(values, list) else [values]:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *words):
        """The web server keeps the log; a client on a unix socket has no address that the default could write."""


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX
    daemon_threads = True

    def __init__(self):
        super().__init__(("", 0), Pages, bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=3)  # SD_LISTEN_FDS_START


Server().serve_forever()
