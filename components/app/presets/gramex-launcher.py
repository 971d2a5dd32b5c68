"""Runs Gramex on the socket that systemd hands over, with safe defaults, and stops it without losing a request.

Gramex by itself listens on a port, and ends at once when it is asked to stop. Here it answers on the file descriptors
of sd_listen_fds(3). Asked to stop (SIGTERM or SIGINT), it leaves new connections in systemd's queue for its successor,
answers the requests that are under way, and only then ends.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
import urllib.parse
from pathlib import Path

import tornado.httpserver
import tornado.httputil
import tornado.ioloop
import tornado.web

FIRST_SOCKET = 3  # SD_LISTEN_FDS_START
FRESH_SECONDS = 5  # how long a new connection may take to bring its first request while stopping
MIB = 1024 * 1024


class DrainingServer(tornado.httpserver.HTTPServer):
    """An HTTP server that knows which of its connections have a request under way."""

    def initialize(self, *args, **kwargs):
        super().initialize(*args, **kwargs)
        self.answered = {}  # connection -> number of its requests that were answered
        self.busy = set()  # connections with a request under way

    def start_request(self, server_conn, request_conn):
        # Called once for each request that a connection may bring, before its first byte.
        self.answered[server_conn] = self.answered.get(server_conn, -1) + 1
        self.busy.discard(server_conn)
        return _Watched(super().start_request(server_conn, request_conn), lambda: self.busy.add(server_conn))

    def on_close(self, server_conn):
        self.busy.discard(server_conn)
        self.answered.pop(server_conn, None)
        super().on_close(server_conn)

    async def drain(self, seconds):
        """Accepts nothing more, answers what is under way, returns how many requests were cut off."""
        self.stop()
        started = time.monotonic()
        while self.answered and time.monotonic() < started + seconds:
            await asyncio.sleep(0.02)  # what has already arrived is read first
            fresh_may_come = time.monotonic() < started + FRESH_SECONDS
            for connection, answered in list(self.answered.items()):
                idle = connection not in self.busy and not _has_unread(connection.stream)
                if idle and (answered > 0 or not fresh_may_come):
                    connection.stream.close()
        return len(self.busy)


class _Watched(tornado.httputil.HTTPMessageDelegate):
    """Passes a request on, and tells when its headers have arrived."""

    def __init__(self, delegate, arrived):
        self.delegate, self.arrived = delegate, arrived

    def headers_received(self, start_line, headers):
        self.arrived()
        return self.delegate.headers_received(start_line, headers)

    def data_received(self, chunk):
        return self.delegate.data_received(chunk)

    def finish(self):
        self.delegate.finish()

    def on_connection_close(self):
        self.delegate.on_connection_close()


def _has_unread(stream):
    try:
        # Not the method of an SSL socket, which knows no flags: what is looked at has not been decrypted yet.
        unread = stream.socket and socket.socket.recv(stream.socket, 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return bool(unread)
    except OSError:  # nothing there, or closed by the other side
        return False


def handed_over():
    """The listening sockets that systemd hands over."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return []
    count = int(os.environ.get("LISTEN_FDS", "0"))
    sockets = [socket.socket(fileno=fd) for fd in range(FIRST_SOCKET, FIRST_SOCKET + count)]
    for each in sockets:
        each.setblocking(False)
        os.set_inheritable(each.fileno(), False)
    return sockets


def notify(state):
    """Tells systemd about the state, as sd_notify(3) does."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notification:
            notification.connect("\0" + address[1:] if address[0] == "@" else address)
            notification.send(state)


def listen_on(sockets, graceful_seconds):
    """Makes Gramex answer on these sockets when it asks its application to listen on a port."""

    def listen(application, port, address=None, *, family=None, backlog=None, flags=None, reuse_port=None, **options):
        server = DrainingServer(application, **options)
        server.add_sockets(sockets)
        # Gramex sets its own handler for SIGINT before the loop starts; this one is set when it has started.
        tornado.ioloop.IOLoop.current().add_callback(_handle_signals, server, graceful_seconds)
        return server

    tornado.web.Application.listen = listen


def _handle_signals(server, graceful_seconds):
    loop = asyncio.get_running_loop()
    stopping = []

    async def stop():
        import gramex

        notify(b"STOPPING=1")
        cut_off = await server.drain(graceful_seconds)
        if cut_off:
            print(f"{cut_off} requests took longer than {graceful_seconds} s and were cut off", file=sys.stderr)
        gramex.shutdown()

    def ask_to_stop():
        if not stopping:
            stopping.append(loop.create_task(stop()))

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ask_to_stop)
    notify(b"READY=1")


def redis_path(address):
    """The address of a Redis (`unix:///...`, `redis://...` or `rediss://...`) as Gramex writes it: host:port:db:name=value."""
    url = urllib.parse.urlsplit(address)
    if url.scheme == "unix":
        return f"localhost:6379:0:unix_socket_path={url.path}"
    words = [url.hostname, str(url.port or 6379), url.path.strip("/") or "0"]
    if url.username:
        words.append(f"username={urllib.parse.unquote(url.username)}")
    if url.password:
        words.append(f"password={urllib.parse.unquote(url.password)}")
    if url.scheme == "rediss":
        words.append("ssl=true")
    return ":".join(words)


def session_store(variable):
    """Where sessions are kept: in the Redis that a variable names the address of, else in Gramex's own file."""
    return {"type": "redis", "path": redis_path(os.environ[variable])} if variable else {}


def safe_defaults(max_body_mib, redis_variable):
    """What holds unless the app's own configuration says otherwise, in the form of a gramex.yaml."""
    return {
        "app": {
            "browser": False,
            "watch": False,  # releases do not change
            "listen": {
                "max_body_size": max_body_mib * MIB,
                "max_buffer_size": max_body_mib * MIB,
                "max_header_size": 65536,
            },
            "settings": {"serve_traceback": False, "xsrf_cookie_kwargs": {"secure": True}},
            "session": {"secure": True, **session_store(redis_variable)},
        },
        # OWASP: the filter that this header once turned on is a hole in the browsers that still have it.
        "handlers": {"BaseHandler": {"headers": {"X-XSS-Protection": "0"}}},
        # The journal has no colours, and keeps what it is told.
        "log": {
            "root": {"level": "INFO"},
            "loggers": {"gramex": {"level": "INFO"}},
            "handlers": {"console": {"formatter": "text"}, "gramex-console": {"formatter": "gramex-text"}},
        },
        "schedule": {"gramex_update": None},  # the daily report to Gramex's maker
        "url": {"default": {"kwargs": {"index": False}}},  # no directory listings
    }


def what_must_be(options):
    """What the app's own configuration cannot change."""
    secret = os.environ.get("COOKIE_SECRET")
    app = {"settings": {"cookie_secret": secret}} if secret else {}
    listen = {}
    if options.tls_certificate:
        pair = {"certfile": options.tls_certificate, "keyfile": options.tls_key}
        listen["ssl_options"] = {**pair, "ciphers": options.tls_ciphers}
    if options.no_proxy:
        listen["xheaders"] = False
    return {"app": {**app, **({"listen": listen} if listen else {})}}


def layers(gramex, attributes, options):
    """Gramex's layers of configuration, the later ones winning."""
    source = gramex.paths["source"]
    chain = {"source": source}
    if not options.all_files:
        chain["deploy"] = source / "deploy.yaml"
    chain["defaults"] = attributes(safe_defaults(options.max_body_mib, options.redis_sessions))
    chain["base"] = Path(".")
    chain["forced"] = attributes(what_must_be(options))
    return chain


def parse_bodies_first(basehandler):
    """Has the fields of a form among a handler's arguments.

    Gramex reads all arguments of a request when its handler is made, and Tornado, since 6.5, parses the body only then.
    """
    request = tornado.httputil.HTTPServerRequest
    parse, initialize = request._parse_body, basehandler.BaseMixin.initialize_handler

    def parse_once(self):
        if not hasattr(self, "landfall_parsed"):
            parse(self)
            self.landfall_parsed = True

    def initialize_handler(self):
        if not tornado.web._has_stream_request_body(type(self)):
            # What cannot be parsed is refused when Tornado tries it again.
            with contextlib.suppress(tornado.httputil.HTTPInputError):
                self.request._parse_body()
        initialize(self)

    request._parse_body = parse_once
    basehandler.BaseMixin.initialize_handler = initialize_handler


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--graceful-seconds", type=float, default=30, help="longest time to finish requests")
    parser.add_argument("--max-body-mib", type=int, default=100, help="largest request body")
    parser.add_argument("--all-files", action="store_true", help="serve files of all types")
    parser.add_argument("--redis-sessions", metavar="VARIABLE", help="keep sessions in the Redis of that address")
    parser.add_argument("--no-proxy", action="store_true", help="clients connect by themselves: believe no header of theirs")
    parser.add_argument("--tls-certificate", metavar="FILE", help="end TLS, by this certificate with its chain")
    parser.add_argument("--tls-key", metavar="FILE", help="its key")
    parser.add_argument("--tls-ciphers", metavar="SUITES", help="suites of TLS 1.2, as OpenSSL names them")
    options = parser.parse_args()
    if not Path("gramex.yaml").is_file():
        sys.exit(f"{os.getcwd()} has no gramex.yaml; run this in the folder of a Gramex app")
    sockets = handed_over()
    if not sockets:
        sys.exit("no socket was handed over; start this by a socket unit, or by systemd-socket-activate")
    listen_on(sockets, options.graceful_seconds)

    import gramex
    import gramex.config
    import gramex.handlers.basehandler

    parse_bodies_first(gramex.handlers.basehandler)
    chain = layers(gramex, attribute_dict(gramex.config), options)
    gramex.paths.clear()
    gramex.paths.update(chain)
    gramex.init()


def attribute_dict(config):
    """Makes Gramex's own kind of dictionary of nested plain ones."""

    def convert(value):
        if not isinstance(value, dict):
            return value
        return config.AttrDict((key, convert(entry)) for key, entry in value.items())

    return convert


if __name__ == "__main__":
    main()
