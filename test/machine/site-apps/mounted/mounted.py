"""Says where an app believes that it is mounted, as a WSGI and as an ASGI app."""

import json


def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ["SCRIPT_NAME"], environ["PATH_INFO"]]).encode()]


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    body = json.dumps([scope["root_path"], scope["path"]]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})
