"""Waiting for a web server to take a new configuration, which its own reload command does not do."""

import os
import time

from landfall_apply.atomic import read_or_none
from landfall_apply.command import run
from landfall_apply.report import Failure
from landfall_apply.target import NGINX
from landfall_apply.units import journal

RELOAD_SECONDS = 10
SHUTTING_DOWN = b"shutting down"


def nginx_workers() -> set[int]:
    """The worker processes that take new connections."""
    main = run(["systemctl", "show", "--property=MainPID", "--value", NGINX]).stdout.strip()
    return {int(pid) for pid in os.listdir("/proc") if pid.isdigit() and main != "0" and is_worker(pid, main)}


def is_worker(pid: str, parent: str) -> bool:
    title = read_process(pid, "cmdline") if is_child(pid, parent) else b""
    return title.startswith(b"nginx: worker process") and SHUTTING_DOWN not in title


def is_child(pid: str, parent: str) -> bool:
    # The name, in brackets, may hold spaces.
    return read_process(pid, "stat").rpartition(b")")[2].split()[1:2] == [parent.encode()]


def children_of(unit: str) -> set[int]:
    """The processes that the main process of a unit has started: HAProxy and hitch start new ones at each reload."""
    main = run(["systemctl", "show", "--property=MainPID", "--value", unit]).stdout.strip()
    return {int(pid) for pid in os.listdir("/proc") if pid.isdigit() and main != "0" and is_child(pid, main)}


def wait_for_children(unit: str, before: set[int]) -> None:
    """Waits until a process from after the reload is there; without any before there is nothing to be told apart."""
    deadline = time.monotonic() + RELOAD_SECONDS
    while before and not children_of(unit) - before:
        if time.monotonic() > deadline:
            raise Failure(f"{unit} has not taken its new configuration", journal(unit))
        time.sleep(0.02)


def read_process(pid: str, name: str) -> bytes:
    try:
        return read_or_none(f"/proc/{pid}/{name}") or b""
    except ProcessLookupError:
        return b""


def wait_for_reload(before: set[int]) -> None:
    """
    Waits until no worker from before the reload takes connections: an answer of such a one would tell nothing about the
    new configuration. They stay when nginx could not take it, which its reload command does not report.
    """
    deadline = time.monotonic() + RELOAD_SECONDS
    while before & nginx_workers():
        if time.monotonic() > deadline:
            raise Failure("nginx has not taken its new configuration", journal(NGINX))
        time.sleep(0.02)
