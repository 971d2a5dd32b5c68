"""Checks of what is about to be put in place, by the programs that will read it, before anything is switched."""

import os
import re
import shutil

from landfall_apply.changes import Changes
from landfall_apply.command import last_lines, run
from landfall_apply.paths import STAGE, app_folder, release_folder
from landfall_apply.report import Failure, Report
from landfall_apply.target import NGINX, NGINX_FOLDER, UNIT_FOLDER, Target, masked_units

VENDOR_UNITS = "/lib/systemd/system/"


def check_staged(target: Target, changes: Changes, report: Report) -> None:
    checks_units = changes.touches_units()
    checks = [check for check in web_checks(target) if changes.touches(check[0], check[1])]
    if not (checks_units or checks):
        return
    report.step("checking units and web server configuration")
    shutil.rmtree(STAGE, ignore_errors=True)
    os.makedirs(STAGE, mode=0o700)
    try:
        stage_tree(target, changes)
        for _, _, argv in checks:
            if os.path.exists(STAGE + argv[-1]):
                check_configuration(argv)
        if checks_units:
            check_units(target, changes)
    finally:
        shutil.rmtree(STAGE, ignore_errors=True)


def web_checks(target: Target) -> list[tuple[str, str, list[str]]]:
    """Folder and unit of each web server of the target whose configuration can be checked, and what checks the file it ends with."""
    program = target.plan.get("program") or {}
    own = [(program["folder"], program["unit"], program["check"])] if program.get("folder") else []
    return [(NGINX_FOLDER, NGINX, ["nginx", "-t", "-q", "-c", f"{NGINX_FOLDER}nginx.conf"]), *own]


def stage_tree(target: Target, changes: Changes) -> None:
    """The files of the target below STAGE, with paths that only exist after the switch pointing to their copies."""
    folders = [folder for folder, _, _ in web_checks(target)]
    for folder in folders:
        if os.path.isdir(folder):
            # Debian's own files (mime.types, modules) that ours include by relative paths.
            shutil.copytree(folder, STAGE + folder, symlinks=True)
    for path in changes.remove:
        if path.startswith(tuple(folders)) and os.path.lexists(STAGE + path):
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


def check_configuration(argv: list[str]) -> None:
    result = run([*argv[:-1], STAGE + argv[-1]], check=False)
    if result.returncode != 0:
        raise Failure(f"{argv[0]} refuses the new configuration, nothing was changed:\n{unstaged(result.stdout)}")


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
