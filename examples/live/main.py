"""A small ASGI app: a page with a clock over a websocket, and endpoints that tell what reaches the app."""

import asyncio
import json
from datetime import datetime, timezone
from pathlib import Path

PAGE = Path(__file__).with_name("page.html").read_bytes()
LARGEST_ECHO = 1024 * 1024


async def app(scope, receive, send):
    handlers = {"lifespan": lifespan, "http": http, "websocket": websocket}
    await handlers[scope["type"]](scope, receive, send)


async def lifespan(scope, receive, send):
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def http(scope, receive, send):
    # The path as the app sees it: uvicorn's has the prefix in front that the web server took off, esg's has not.
    path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
    method = scope["method"]
    if path == "/" and method in ("GET", "HEAD"):
        await answer(send, 200, PAGE, "text/html; charset=utf-8")
    elif path == "/health":
        await answer(send, 200, b"live is well\n", "text/plain")
    elif path == "/whoami":
        await answer(send, 200, json.dumps(seen(scope), indent=2).encode(), "application/json")
    elif path == "/echo" and method in ("POST", "PUT"):
        await echo(receive, send)
    elif path == "/slow":
        await asyncio.sleep(1)
        await answer(send, 200, b"slow, but sure\n", "text/plain")
    else:
        await answer(send, 404, b"nothing here\n", "text/plain")


def seen(scope):
    """What the app knows about a request: the test of every hop in front of it."""
    return {
        "method": scope["method"],
        "scheme": scope["scheme"],
        "path": scope["path"],
        "root_path": scope.get("root_path", ""),
        "query": scope["query_string"].decode("latin-1"),
        "client": scope["client"] and scope["client"][0],
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]],
    }


async def echo(receive, send):
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        if len(body) > LARGEST_ECHO:
            await answer(send, 413, b"too large\n", "text/plain")
            return
        if not message.get("more_body"):
            await answer(send, 200, body, "application/octet-stream")
            return


async def answer(send, status, body, content_type):
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def websocket(scope, receive, send):
    """Echoes what it is sent on `/echo`, tells the time every second on `/clock`."""
    await receive()
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if path not in ("/clock", "/echo"):
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "websocket.accept"})
    clock = asyncio.create_task(tick(send)) if path == "/clock" else None
    try:
        while (message := await receive())["type"] == "websocket.receive":
            if path == "/echo":
                content = {key: message[key] for key in ("text", "bytes") if message.get(key) is not None}
                await send({"type": "websocket.send", **content})
    finally:
        if clock:
            clock.cancel()


async def tick(send):
    while True:
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        await send({"type": "websocket.send", "text": now})
        await asyncio.sleep(1)
