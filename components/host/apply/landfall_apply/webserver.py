"""Waiting for a web server to take a new configuration, which its own reload command does not do."""

import os
import time

from landfall_apply.atomic import read_or_none
from landfall_apply.command import run
from landfall_apply.report import Failure
from landfall_apply.units import journal

RELOAD_SECONDS = 10
LAST_REQUESTS_SECONDS = 5


def web_workers(unit: str) -> set[int]:
    """The processes of a web server that take new connections. Those that only finish old ones have closed its sockets."""
    main = run(["systemctl", "show", "--property=MainPID", "--value", unit]).stdout.strip()
    found = {pid for pid in os.listdir("/proc") if pid.isdigit() and main != "0" and parent_of(pid) == main}
    listening = listening_sockets() if found else set()
    return {int(pid) for pid in found if listening & open_files(pid)}


def parent_of(pid: str) -> str:
    try:
        # The name, in brackets, may hold spaces.
        return "".join((read_or_none(f"/proc/{pid}/stat") or b"").decode("latin-1").rpartition(")")[2].split()[1:2])
    except ProcessLookupError:
        return ""


def listening_sockets() -> set[str]:
    """As they are named among the open files of a process (proc_pid_net(5): 0A is LISTEN, the tenth field the inode)."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in (read_or_none(f"/proc/net/{name}") or b"").splitlines()]
    return {f"socket:[{line[9].decode()}]" for line in lines if line[3] == b"0A"}


def open_files(pid: str) -> set[str]:
    found = set()
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            found.add(os.readlink(f"/proc/{pid}/fd/{name}"))
    except OSError:
        # It ended, or closed what it had.
        pass
    return found


def wait_for_reload(unit: str, before: set[int]) -> None:
    """
    Waits until no worker from before the reload takes connections: an answer of such a one would tell nothing about the
    new configuration. They stay when the server could not take it, which its reload command does not report.
    """
    deadline = time.monotonic() + RELOAD_SECONDS
    while before & web_workers(unit):
        if time.monotonic() > deadline:
            raise Failure(f"{unit.removesuffix('.service')} has not taken its new configuration", journal(unit))
        time.sleep(0.02)


def wait_for_last_requests(unit: str, before: set[int]) -> None:
    """
    Waits until the workers from before a reload have ended: what they took in hand is still to be handed over to what the
    new configuration knows no more. Not for long, as a websocket keeps one for as long as it is open.
    """
    finishing = before - web_workers(unit)
    deadline = time.monotonic() + LAST_REQUESTS_SECONDS
    while any(os.path.exists(f"/proc/{pid}") for pid in finishing) and time.monotonic() < deadline:
        time.sleep(0.02)
