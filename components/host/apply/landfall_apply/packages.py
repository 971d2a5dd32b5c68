"""Debian packages."""

import os
import shlex
from collections.abc import Sequence

from landfall_apply.atomic import read_or_none, remove_quietly, write_atomically
from landfall_apply.command import run
from landfall_apply.report import Failure, Report

POLICY_FILE = "/usr/sbin/policy-rc.d"
POLICY_MARK = b"# Made by Landfall while it installs packages.\n"
APT = [
    "apt-get",
    "-qq",
    "-o",
    "Acquire::Retries=3",
    # An apt of an interrupted run, or of unattended-upgrades, may still be at work.
    "-o",
    "DPkg::Lock::Timeout=300",
    "-o",
    "Dpkg::Options::=--force-confold",
]
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "APT_LISTCHANGES_FRONTEND": "none"}


def check_debian(wanted: int, os_release: str = "/etc/os-release") -> None:
    fields = dict(
        line.strip().split("=", 1) for line in (read_or_none(os_release) or b"").decode().splitlines() if "=" in line
    )
    found = fields.get("VERSION_ID", "").strip('"'), fields.get("ID", "").strip('"')
    if found != (str(wanted), "debian"):
        raise Failure(
            f"the plan is made for Debian {wanted}, this host runs {found[1]} {found[0]}; plan it again for this host"
        )


def missing_packages(names: list[str]) -> list[str]:
    if not names:
        return []
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status} ${db:Status-Eflag}\\n", *names]
    installed = {
        line.split()[0] for line in run(query, check=False).stdout.splitlines() if line.endswith(" installed ok")
    }
    return [name for name in names if name not in installed]


class Packages:
    """Installs packages; the lists of what there is are fetched once in a run, and only when something is missing."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._updated = False

    def install(self, names: list[str], quiet_services: Sequence[str] = ()) -> None:
        """Installs what is missing. `quiet_services` do not start by themselves: what they would serve is not ours."""
        missing = missing_packages(names)
        # A run that was killed in the middle of an installation leaves it behind.
        remove_our_policy()
        if not missing:
            return
        self._report.step(f"installing packages: {' '.join(missing)}")
        self._update()
        policy = forbid_start(quiet_services)
        try:
            run([*APT, "install", "--yes", "--no-install-recommends", *missing], timeout=1800, environment=QUIET)
        finally:
            if policy:
                remove_our_policy()
        still = missing_packages(missing)
        if still:
            raise Failure(f"apt-get did not install {' '.join(still)}")

    def install_file(self, path: str) -> None:
        """Installs a package that is a file on this host; what it needs comes from the archives."""
        self._update()
        run([*APT, "install", "--yes", "--no-install-recommends", path], timeout=1800, environment=QUIET)

    def _update(self) -> None:
        if self._updated:
            return
        # What a killed run has left half installed.
        run(["dpkg", "--configure", "-a", "--force-confold"], timeout=900, environment=QUIET)
        run([*APT, "-o", "APT::Update::Error-Mode=any", "update"], timeout=600, environment=QUIET)
        self._updated = True


def forbid_start(services: Sequence[str]) -> bool:
    if not services or os.path.lexists(POLICY_FILE):
        return False
    names = {name for service in services for name in (service, service.removesuffix(".service"))}
    cases = "|".join(shlex.quote(name) for name in sorted(names))
    script = f'#!/bin/sh\n{POLICY_MARK.decode()}case "$1" in {cases}) exit 101 ;; esac\nexit 0\n'
    write_atomically(POLICY_FILE, script.encode(), 0o755)
    return True


def remove_our_policy() -> None:
    if POLICY_MARK in (read_or_none(POLICY_FILE) or b""):
        remove_quietly(POLICY_FILE)
