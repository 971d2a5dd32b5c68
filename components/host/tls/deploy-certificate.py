#!/usr/bin/python3 -I
"""certbot's deploy hook: hands an issued or renewed certificate to who ends TLS by it. certbot names its folder."""

import fcntl
import os
import shutil
import subprocess
import sys

SERVED = "/etc/landfall/tls"
LOCK = "/run/landfall-apply.lock"
UNIT = "nginx.service"
CHECK = ["nginx", "-t", "-q"]
# By domain, units that take another certificate by a restart.
RESTARTS = {}
# Key and chain in one.
COMBINED = ""
COMBINED_OWNER = "root"
# Name, mode: keys are for root alone; the web server's main process, which reads them, runs as root.
PAIR = (("fullchain.pem", 0o644), ("privkey.pem", 0o600))


def replace(path, content, mode, owner="root"):
    with open(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    shutil.chown(f"{path}.new", owner, owner)
    os.replace(f"{path}.new", path)


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def run(argv):
    return subprocess.run(argv, capture_output=True, text=True, check=False)


def deploy(lineage):
    domain = os.path.basename(lineage.rstrip("/"))
    served = os.path.join(SERVED, domain)
    if not os.path.isdir(served):
        # Somebody else's certificate.
        return ""
    new = [(f"{served}/{name}", read(f"{lineage}/{name}"), mode, "root") for name, mode in PAIR]
    if COMBINED and os.path.exists(f"{COMBINED}/{domain}.pem"):
        new.append((f"{COMBINED}/{domain}.pem", new[1][1] + new[0][1], 0o600, COMBINED_OWNER))
    before = [(path, read(path), *rest) for path, _, *rest in new]
    for file in new:
        replace(*file)
    checked = run(CHECK)
    if checked.returncode != 0:
        for file in before:
            if file[1] is not None:
                replace(*file)
        return f"{CHECK[0]} refuses the certificate, it keeps the one it had: {checked.stderr.strip()}"
    tell = [("reload", UNIT)] if UNIT else []
    for verb, unit in tell + [("try-restart", unit) for unit in RESTARTS.get(domain, [])]:
        told = run(["systemctl", verb, unit])
        if told.returncode != 0:
            return f"{unit} could not be told: {told.stderr.strip()}"
    return ""


def main():
    # An apply tests and reloads the web server too; it holds this lock, also while it runs certbot itself.
    if os.environ.get("LANDFALL_HOLDS_LOCK") != "1":
        fcntl.flock(os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    return deploy(os.environ["RENEWED_LINEAGE"])


sys.exit(main() or 0)
