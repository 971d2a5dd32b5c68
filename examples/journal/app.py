"""A journal on Publ. What changes while it runs lies in `$PUBL_DATA`, so that the release itself is never written to."""

import os
import time

import publ

DATA = os.environ.get("PUBL_DATA", ".")
LONGEST_INDEXING = 20

app = publ.Publ(
    __name__,
    {
        "database_config": {"provider": "sqlite", "filename": os.path.join(os.path.abspath(DATA), "index.db")},
        "timezone": "UTC",
        "secret_key": os.environ.get("PUBL_SECRET_KEY"),
        # A release does not change: there is nothing to watch, and nothing to wait for.
        "index_enable_watchdog": False,
        "index_rescan_interval": 0,
        "index_wait_time": 0,
        "cache": {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 60, "CACHE_THRESHOLD": 500},
    },
)


@app.route("/health")
def health():
    return "journal is well\n", 200, {"Content-Type": "text/plain"}


def wait_until_indexed():
    """Before the index is complete, entries would answer with an error."""
    started = time.monotonic()
    while app.indexer.in_progress and time.monotonic() < started + LONGEST_INDEXING:
        time.sleep(0.02)


wait_until_indexed()
