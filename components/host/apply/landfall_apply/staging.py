"""Checks of what is about to be put in place, by the programs that will read it, before anything is switched."""

import os
import re
import shutil

from landfall_apply.changes import Changes
from landfall_apply.command import last_lines, run
from landfall_apply.paths import STAGE, app_folder, release_folder
from landfall_apply.report import Failure, Report
from landfall_apply.target import UNIT_FOLDER, Target, masked_units, tls_server, web_server

VENDOR_UNITS = "/lib/systemd/system/"


def check_staged(target: Target, changes: Changes, report: Report) -> None:
    servers = web_servers(target.plan)
    checks_units = changes.touches_units()
    checked = [server for server in servers if changes.touches(server["folder"], server["unit"]) and server["check"]]
    if not (checks_units or checked):
        return
    report.step("checking units and web server configuration")
    shutil.rmtree(STAGE, ignore_errors=True)
    os.makedirs(STAGE, mode=0o700)
    try:
        stage_tree(target, changes, tuple(server["folder"] for server in servers))
        for server in checked:
            if os.path.exists(f"{STAGE}{server['folder']}{server['main']}"):
                check_web(server)
        if checks_units:
            check_units(target, changes)
    finally:
        shutil.rmtree(STAGE, ignore_errors=True)


def web_servers(plan: dict) -> list[dict]:
    """The web server, and what ends TLS in front of it where that is another program."""
    web, tls = web_server(plan), tls_server(plan)
    return [web] if web is tls else [web, tls]


def stage_tree(target: Target, changes: Changes, folders: tuple[str, ...]) -> None:
    """The files of the target below STAGE, with paths that only exist after the switch pointing to their copies."""
    for folder in folders:
        if os.path.isdir(folder):
            # Debian's own files (mime.types, modules) that ours include by relative paths.
            shutil.copytree(folder, STAGE + folder, symlinks=True)
    for path in changes.remove:
        if path.startswith(folders) and os.path.lexists(STAGE + path):
            os.unlink(STAGE + path)
    moved = {f"{app_folder(link.app)}/current": release_folder(link.app, link.digest) for link in target.links.values()}
    moved |= {path: STAGE + path for path in [*target.files, *(folder.rstrip("/") for folder in folders)]}
    paths = "|".join(re.escape(path) for path in sorted(moved, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w./-])(?:{paths})(?![\w.-])")
    for file in target.files.values():
        text = file.content.decode("utf-8", "surrogateescape")
        if file.path.startswith((*folders, UNIT_FOLDER)):
            text = pattern.sub(lambda match: moved[match[0]], text)
        os.makedirs(os.path.dirname(STAGE + file.path), mode=0o755, exist_ok=True)
        descriptor = os.open(STAGE + file.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, file.mode)
        with os.fdopen(descriptor, "wb") as staged:
            staged.write(text.encode("utf-8", "surrogateescape"))


def check_web(web: dict) -> None:
    name = web["unit"].removesuffix(".service")
    result = run([*web["check"], f"{STAGE}{web['folder']}{web['main']}"], check=False)
    if result.returncode != 0:
        raise Failure(f"{name} refuses the new configuration, nothing was changed:\n{unstaged(result.stdout)}")


def check_units(target: Target, changes: Changes) -> None:
    staged = [path for path in target.files if path.startswith(UNIT_FOLDER)]
    changed = {unit_of(file.path) for file in changes.write if file.path.startswith(UNIT_FOLDER)}
    # There is nothing to be read in a unit that never runs.
    names = sorted(changed - set(masked_units(target.plan)))
    for name in names:
        # A drop-in is read together with the unit that it is for.
        if not os.path.exists(f"{STAGE}{UNIT_FOLDER}{name}") and os.path.exists(VENDOR_UNITS + name):
            shutil.copy(VENDOR_UNITS + name, f"{STAGE}{UNIT_FOLDER}{name}")
    verifiable = [f"{STAGE}{UNIT_FOLDER}{name}" for name in names if os.path.exists(f"{STAGE}{UNIT_FOLDER}{name}")]
    if not verifiable:
        return
    result = run(["systemd-analyze", "verify", "--man=no", *verifiable], check=False)
    ours = [os.path.basename(path) for path in staged] + names
    said = [line for line in result.stdout.splitlines() if any(name in line for name in ours)]
    if said:
        raise Failure("systemd refuses the new units, nothing was changed:\n" + unstaged("\n".join(said)))


def unit_of(path: str) -> str:
    """The unit that a file below the unit folder is about: itself, or the one a drop-in is for."""
    return path.removeprefix(UNIT_FOLDER).split("/")[0].removesuffix(".d")


def unstaged(text: str) -> str:
    return last_lines(text.replace(STAGE, ""))
