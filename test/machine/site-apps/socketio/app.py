"""A socket.io app that keeps its clients in memory, so that all of a client's requests have to come to the same process."""

import json
import os

import socketio

INSTANCE = os.environ.get("LANDFALL_INSTANCE", "")

server = socketio.AsyncServer(async_mode="asgi")


@server.event
async def where(session, *_):
    """Says which process has the client."""
    return INSTANCE


async def page(scope, receive, send):
    """Everything that is not socket.io's."""
    if scope["type"] != "http":
        return
    body = json.dumps({"app": "socketio", "instance": INSTANCE}).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


app = socketio.ASGIApp(server, page)
