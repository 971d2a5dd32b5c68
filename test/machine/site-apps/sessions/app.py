"""Remembers who has logged in, by a cookie, in the Redis that it asked for."""

import http.cookies
import http.server
import json
import os
import secrets
import socket
import socketserver
import urllib.parse

import redis

store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


class Handler(http.server.BaseHTTPRequestHandler):
    def address_string(self):
        return "-"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        words = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/login":
            session = secrets.token_hex(16)
            store.set(f"session:{session}", words["user"], ex=3600)
            self.answer("welcome", ("Set-Cookie", f"session={session}"))
        elif url.path == "/knock":
            self.answer(knock(words["socket"]))
        elif url.path == "/settings":
            self.answer(json.dumps({name: store.config_get(name)[name] for name in ("maxmemory", "maxmemory-policy")}))
        else:
            cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("session")
            user = store.get(f"session:{cookie.value}") if cookie else None
            self.answer(f"hello {user}" if user else "hello stranger")

    def answer(self, body, *headers):
        self.send_response(200)
        for header in headers:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body.encode())


def knock(path):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        return "open"
    except OSError as error:
        return error.strerror


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
