#!/usr/bin/python3 -I
"""certbot's deploy hook: hands an issued or renewed certificate to nginx. certbot names its folder."""

import fcntl
import os
import subprocess
import sys

SERVED = "/etc/landfall/tls"
LOCK = "/run/landfall-apply.lock"
# Name, mode: keys are for root alone; nginx's main process, which reads them, runs as root.
PAIR = (("fullchain.pem", 0o644), ("privkey.pem", 0o600))


def replace(path, content, mode):
    with open(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def deploy(lineage):
    served = os.path.join(SERVED, os.path.basename(lineage.rstrip("/")))
    if not os.path.isdir(served):
        # Somebody else's certificate.
        return ""
    before = [(name, read(f"{served}/{name}"), mode) for name, mode in PAIR]
    for name, mode in PAIR:
        replace(f"{served}/{name}", read(f"{lineage}/{name}"), mode)
    checked = subprocess.run(["nginx", "-t", "-q"], capture_output=True, text=True, check=False)
    if checked.returncode != 0:
        for name, content, mode in before:
            if content is not None:
                replace(f"{served}/{name}", content, mode)
        return f"nginx refuses the certificate, it keeps the one it had: {checked.stderr.strip()}"
    told = subprocess.run(["systemctl", "reload", "nginx.service"], capture_output=True, text=True, check=False)
    return "" if told.returncode == 0 else f"nginx could not be told: {told.stderr.strip()}"


def main():
    # An apply tests and reloads nginx too; it holds this lock, also while it runs certbot itself.
    if os.environ.get("LANDFALL_HOLDS_LOCK") != "1":
        fcntl.flock(os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    return deploy(os.environ["RENEWED_LINEAGE"])


sys.exit(main() or 0)
