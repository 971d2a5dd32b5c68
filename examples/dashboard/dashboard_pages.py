"""What the dashboard answers by functions."""

import json
import os
import re

import gramex
import gramex.cache
import tornado.web
from tornado.gen import coroutine, sleep

FOLDER = os.path.dirname(os.path.abspath(__file__))
LONGEST_MESSAGE = 5000


def totals(handler):
    """Sums of the rows of harbour.csv, by harbour."""
    rows = gramex.cache.open(os.path.join(FOLDER, "harbour.csv"))
    return json.dumps({name: int(total) for name, total in rows.groupby("harbour")["boats"].sum().items()})


@coroutine
def seen(handler):
    """What the app knows about a request. `?wait=` holds it up, in seconds, at most 10."""
    yield sleep(min(float(handler.get_argument("wait", "0")), 10))
    return json.dumps(
        {
            "client": handler.request.remote_ip,
            "scheme": handler.request.protocol,
            "host": handler.request.host,
            "path": handler.request.path,
            "headers": list(handler.request.headers.get_all()),
        }
    )


@coroutine
def send(handler):
    """Sends the form as a mail, without holding up other requests."""
    sender = handler.get_argument("email")
    message = handler.get_argument("message")
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", sender) or not 0 < len(message) <= LONGEST_MESSAGE:
        raise tornado.web.HTTPError(400, reason="An address and a message are needed")
    yield gramex.service.threadpool.submit(
        gramex.service.email["dashboard"].mail,
        sender="dashboard@localhost",
        to=gramex.config.variables["MAIL_TO"],
        reply_to=sender,
        subject="A message from the dashboard",
        body=message,
    )
    return "sent"
