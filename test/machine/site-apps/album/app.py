"""Keeps what it is sent in a folder of its data, and shows it."""

import http.server
import socket
import socketserver
from pathlib import Path

folder = Path.home() / "uploads"


class Handler(http.server.BaseHTTPRequestHandler):
    def address_string(self):
        return "-"

    def do_GET(self):
        self.answer(" ".join(sorted(path.name for path in folder.iterdir())) or "empty")

    def do_POST(self):
        path = folder / Path(self.path).name
        path.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer("kept")

    def answer(self, body):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    address_family = socket.AF_UNIX
    daemon_threads = True

    def __init__(self, listener):
        super().__init__(("", 0), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener

    def get_request(self):
        connection, _ = self.socket.accept()
        return connection, ("-", 0)


Server(socket.socket(fileno=3)).serve_forever()
