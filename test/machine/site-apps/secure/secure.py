"""Apps that end TLS themselves and say how they were asked: for a WSGI server, for an ASGI server, and by the standard library
alone, on the socket that systemd hands over, with the certificate that it hands over too."""

import json
import os
import socket
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FIRST_SOCKET = 3  # SD_LISTEN_FDS_START


def said(scheme, client):
    return json.dumps({"scheme": scheme, "client": client}).encode()


def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [said(environ["wsgi.url_scheme"], environ["REMOTE_ADDR"])]


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": said(scope["scheme"], (scope["client"] or [""])[0])})


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = said("https" if isinstance(self.connection, ssl.SSLSocket) else "http", (self.client_address or [""])[0])
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX  # the sandbox has no other; what is handed over has its own
    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("", 0), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=FIRST_SOCKET)
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(f"{folder}/tls.crt", f"{folder}/tls.key")

    def finish_request(self, request, client_address):
        # In the thread of the connection: a slow handshake holds up nobody else.
        super().finish_request(self.context.wrap_socket(request, server_side=True), client_address)

    def handle_error(self, request, client_address):
        print(f"a connection ended by {sys.exc_info()[1]!r}")


if __name__ == "__main__":
    Server(os.environ["CREDENTIALS_DIRECTORY"]).serve_forever()
