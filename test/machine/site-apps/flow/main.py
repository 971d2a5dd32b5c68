"""An ASGI app whose answers go on: events, slow answers, uploads that are counted as they come, websockets and Socket.IO."""

import asyncio
import json
from collections import defaultdict
from urllib.parse import parse_qs

import socketio

MIB = 1024 * 1024
go_on = defaultdict(asyncio.Event)
received = defaultdict(int)

rooms = socketio.AsyncServer(async_mode="asgi")


@rooms.event
async def echo(session, text):
    await rooms.emit("echoed", text, to=session)


async def http(scope, receive, send):
    path = scope["path"]
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
    name = query.get("id", "")
    if path.endswith("/events"):
        await events(send, go_on[name])
    elif path.endswith("/go"):
        go_on[name].set()
        await answer(send, 200, b"gone on")
    elif path.endswith("/slow"):
        await asyncio.sleep(float(query["seconds"]))
        await answer(send, 200, b"slow, but sure")
    elif path.endswith("/upload"):
        await upload(receive, send, name)
    elif path.endswith("/received"):
        await answer(send, 200, str(received[name]).encode())
    elif path.endswith("/large"):
        await large(send, int(query["mib"]))
    elif path.endswith("/health"):
        await answer(send, 200, b"flow is well")
    else:
        await answer(send, 404, b"nothing here")


async def events(send, second):
    """The first event at once, the second when it is asked for, and then the end."""
    await start(send, 200, "text/event-stream")
    await send({"type": "http.response.body", "body": b"data: first\n\n", "more_body": True})
    await second.wait()
    await send({"type": "http.response.body", "body": b"data: second\n\n"})


async def upload(receive, send, name):
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        received[name] += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await answer(send, 200, json.dumps({"received": received[name]}).encode())


async def large(send, mib):
    await start(send, 200, "application/octet-stream")
    for _ in range(mib):
        await send({"type": "http.response.body", "body": b"x" * MIB, "more_body": True})
    await send({"type": "http.response.body"})


async def start(send, status, kind):
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind.encode())]})


async def answer(send, status, body):
    await start(send, status, "text/plain")
    await send({"type": "http.response.body", "body": body})


async def websocket(scope, receive, send):
    """Says again what it is told."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def others(scope, receive, send):
    handlers = {"http": http, "websocket": websocket}
    await handlers[scope["type"]](scope, receive, send)


app = socketio.ASGIApp(rooms, other_asgi_app=others)
