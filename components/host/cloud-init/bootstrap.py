"""Fetches the host plan and the program that applies it, both by digest, and runs the program."""

import fcntl
import hashlib
import json
import os
import re
import sys
import time

from landfall_bootstrap.store import open_store

CONFIG = "/etc/landfall/store.json"
LOCK = "/run/landfall-apply.lock"
CACHE = "/var/lib/landfall/bootstrap"
STATUS = "/var/lib/landfall/status.json"


def fetch_checked(fetch, path, digest):
    content = fetch(path)
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise ValueError(f"{path} in the store has digest {found}")
    return content


def keep(name, content):
    os.makedirs(CACHE, mode=0o700, exist_ok=True)
    path = os.path.join(CACHE, name)
    with open(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    os.replace(f"{path}.new", path)
    return path


class NoPlanYet(Exception):
    """The store is there, but nobody has put a plan into it."""


def fetch_pointer(fetch):
    try:
        return fetch("current.json")
    except FileNotFoundError as error:
        raise NoPlanYet("there is no plan in the store yet") from error


def prepare():
    """Files of the current plan and program, and the digest of the plan."""
    with open(CONFIG, encoding="utf-8") as file:
        config = json.load(file)
    fetch = open_store(config)
    pointer = json.loads(fetch_pointer(fetch))
    plan, program = pointer["plan"], pointer["program"]
    if pointer["format"] != 1 or not all(re.fullmatch("[0-9a-f]{64}", digest) for digest in (plan, program)):
        raise ValueError("current.json in the store is not a pointer of format 1")
    return (
        keep("apply.py", fetch_checked(fetch, f"programs/{program}.py", program)),
        keep("plan.json", fetch_checked(fetch, f"plans/{plan}.json", plan)),
        plan,
    )


def tell(message):
    """The status file of a run that did not come as far as the program."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    status = {"format": 1, "plan": None, "applied": None, "state": "failed", "message": message}
    try:
        with open(STATUS, encoding="utf-8") as file:
            last = json.load(file)
        status |= {"applied": last["applied"], "apps": last["apps"]}
    except (OSError, ValueError, KeyError):
        pass
    status = {"apps": [], **status, "problems": [], "startedAt": now, "finishedAt": now}
    os.makedirs(os.path.dirname(STATUS), exist_ok=True)
    with open(f"{STATUS}.new", "w", encoding="utf-8") as file:
        json.dump(status, file)
    os.replace(f"{STATUS}.new", STATUS)


def take_lock():
    """One at a time: who waits here reads the pointer afterwards. Returns the lock and whether it was waited for."""
    lock = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return lock, False
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock, True


def is_applied(digest):
    """Whether the run before this one put the plan in force, with every app healthy."""
    try:
        with open(STATUS, encoding="utf-8") as file:
            status = json.load(file)
        return status["state"] == "applied" and status["applied"] == digest
    except (OSError, ValueError, KeyError):
        return False


def main(arguments):
    unattended = "--unattended" in arguments
    lock, waited = take_lock()
    try:
        program, plan, digest = prepare()
    except NoPlanYet as error:
        # Whoever delivers the first plan has it applied.
        sys.exit(0 if unattended else str(error))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"the host plan cannot be had from the store: {error or type(error).__name__}"
        tell(message)
        sys.exit(message)
    if unattended and waited and is_applied(digest):
        return
    # The program keeps the lock.
    os.set_inheritable(lock, True)
    words = ["--config", CONFIG, "--plan", plan, "--digest", digest, "--lock-fd", str(lock)]
    os.execv(sys.executable, [sys.executable, "-I", program, *words, *arguments])


main(sys.argv[1:])
