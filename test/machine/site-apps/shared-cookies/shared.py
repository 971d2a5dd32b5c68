"""An app on two hosts that share their cookies, as Gramex does: a page, and an API that only takes what has the page's token.

Started with the name of its part. `page` logs its visitor in by a cookie for both hosts, and serves a script that asks the API;
`api` answers the user, takes a POST or PUT with the token, and refuses what comes without. It says nothing of other origins.
"""

import hmac
import json
import os
import socket
import sys
from hashlib import sha256
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

FIRST_SOCKET = 3  # SD_LISTEN_FDS_START
API = os.environ["SHARED_API"]
COOKIE_DOMAIN = os.environ["SHARED_COOKIE_DOMAIN"]
KEY = b"a test's key, which both parts know"

PAGE = """<!doctype html>
<meta charset="utf-8">
<title>Shared cookies</title>
<output id="result"></output>
<script>
const attempt = async (work) => { try { return await work(); } catch (error) { return error.name; } };
const form = (token) => new URLSearchParams(token === null ? {} : { _xsrf: token });
const ask = (path, options) => fetch("%(api)s" + path, { credentials: "include", ...options });
(async () => {
  const result = {
    user: await attempt(async () => (await ask("/user")).text()),
    posted: await attempt(async () => (await ask("/save", { method: "POST", body: form("%(token)s") })).text()),
    withoutToken: await attempt(async () => (await ask("/save", { method: "POST", body: form(null) })).status),
    total: await attempt(async () => (await ask("/user")).headers.get("X-Total")),
    put: await attempt(async () =>
      (await ask("/save", { method: "PUT", headers: { "X-Xsrftoken": "%(token)s" }, body: "" })).text()),
  };
  document.getElementById("result").textContent = JSON.stringify(result);
})();
</script>
"""


def token_of(user):
    return hmac.new(KEY, user.encode(), sha256).hexdigest()


class Part(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def user(self):
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("user")
        return cookie.value if cookie else None

    def say(self, status, text, headers=()):
        body = text.encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if sys.argv[1] == "page":
            cookie = f"user=anna; Domain={COOKIE_DOMAIN}; Path=/; Secure; HttpOnly; SameSite=None"
            page = PAGE % {"api": API, "token": token_of("anna")}
            return self.say(200, page, [("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", cookie)])
        self.say(200, self.user() or "nobody", [("Content-Type", "text/plain"), ("X-Total", "7")])

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        token = self.headers.get("X-Xsrftoken") or parse_qs(body).get("_xsrf", [""])[0]
        user = self.user()
        if user is None or not hmac.compare_digest(token, token_of(user)):
            return self.say(403, "no token")
        self.say(200, f"saved for {user}")

    do_PUT = do_POST

    def log_message(self, *words):
        """nginx keeps the log."""


class Server(ThreadingHTTPServer):
    address_family = socket.AF_UNIX
    daemon_threads = True

    def __init__(self):
        super().__init__(("", 0), Part, bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=FIRST_SOCKET)


Server().serve_forever()
