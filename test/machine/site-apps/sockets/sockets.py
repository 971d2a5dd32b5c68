"""An app that says what it saw of a request or of a websocket's beginning, by the standard library alone.

A websocket gets its own beginning as the first message, then each of its messages again. `X-Delay` holds the seconds of silence
before an answer.
"""

import base64
import hashlib
import json
import os
import socket
import struct
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FIRST_SOCKET = 3  # SD_LISTEN_FDS_START
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
TEXT, CLOSE = 1, 8


class Sockets(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def seen(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = self.requestline.split(" ")[1]
        return {"app": sys.argv[1], "process": os.getpid(), "method": self.command, "url": url, "headers": headers}

    def answer(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.talk()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        time.sleep(float(self.headers.get("X-Delay", "0")))
        text = json.dumps({**self.seen(), "body": len(body)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer

    def talk(self):
        key = base64.b64encode(hashlib.sha1((self.headers["Sec-WebSocket-Key"] + GUID).encode()).digest()).decode()
        self.send_response(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", key)):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        self.send(json.dumps(self.seen()).encode())
        while (message := self.receive()) is not None:
            self.send(message)

    def send(self, message):
        length = len(message)
        head = struct.pack("!BB", 0x80 | TEXT, length) if length < 126 else struct.pack("!BBH", 0x80 | TEXT, 126, length)
        self.wfile.write(head + message)

    def receive(self):
        head = self.rfile.read(2)
        if len(head) < 2 or head[0] & 0x0F == CLOSE:
            return None
        length = head[1] & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self.rfile.read(2))
        mask = self.rfile.read(4)
        return bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(length)))

    def log_message(self, *words):
        """The web server keeps the log."""


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX  # the sandbox has no other
    daemon_threads = True

    def __init__(self):
        super().__init__(("", 0), Sockets, bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=FIRST_SOCKET)


Server().serve_forever()
