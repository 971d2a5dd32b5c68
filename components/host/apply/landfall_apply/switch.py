"""The switch: everything before it leaves the running apps alone, everything in it can be taken back."""

import os
import re

from landfall_apply.accounts import make_directory
from landfall_apply.atomic import link_atomically, remove_quietly, write_atomically
from landfall_apply.changes import Changes
from landfall_apply.credentials import keep_previous
from landfall_apply.paths import app_folder
from landfall_apply.report import Report
from landfall_apply.state import State
from landfall_apply.target import UNIT_FOLDER, Target, tls_server, web_server
from landfall_apply.units import systemctl, unit_states
from landfall_apply.webserver import wait_for_last_requests, wait_for_reload, web_workers


def switch(target: Target, changes: Changes, state: State, report: Report) -> list[str]:
    """Puts the target in place. Returns what systemd could not do: the health gate decides whether it matters."""
    note_beginning(target, changes, state)
    keep_previous(changes.write)
    later = [unit for unit in changes.drop if spare_of(unit) in target.links]
    said = drop_units([unit for unit in changes.drop if unit not in later])
    report.step(f"switching: {summary(changes)}")
    for file in changes.write:
        # A power cut must not leave a secret or certificate empty; other files would be written again.
        if file.sensitive and not os.path.isdir(os.path.dirname(file.path)):
            make_directory(os.path.dirname(file.path), 0o700, 0, 0)
        write_atomically(file.path, file.content, file.mode, file.uid, file.gid, durable=file.sensitive)
    files_later = [path for path in changes.remove if path.removeprefix(UNIT_FOLDER) in later]
    for path in changes.remove:
        if path not in files_later:
            remove_quietly(path)
    for link in changes.relink:
        link_atomically(link.path, link.goal)
    for app in changes.drop_apps:
        remove_quietly(f"{app_folder(app)}/current")
    server = web_server(target.plan)["unit"]
    workers = web_workers(server) if later else set()
    said += tell_units(target, changes)
    if later:
        # Only then does the web server hand nothing more to them.
        wait_for_last_requests(server, workers)
        said += drop_units(later)
        for path in files_later:
            remove_quietly(path)
        systemctl("daemon-reload")
    for unit in changes.told():
        state.told[unit] = target.told(unit)
    state.save()
    return said


def spare_of(unit: str) -> str | None:
    """The app of whose instances this is one behind the first."""
    match = re.fullmatch(r"app-(.+)_(\d+)\.(service|socket)", unit)
    return match[1] if match else None


def note_beginning(target: Target, changes: Changes, state: State) -> None:
    """Before anything changes: what there will be to remove, and who has to be told, should this run be cut off."""
    state.switching = True
    state.files = sorted({*state.files, *target.removable()})
    state.units = sorted({*state.units, *target.units})
    state.apps = sorted({*state.apps, *target.links})
    for unit in {*changes.restart, *changes.drop}:
        state.told.pop(unit, None)
    for unit in changes.reload:
        state.told.get(unit, {}).pop("reload", None)
    state.save()


def drop_units(units: list[str]) -> list[str]:
    # Sockets first: a request would start the service again.
    ordered = sorted(units, key=lambda unit: not unit.endswith(".socket"))
    if not ordered:
        return []
    # In steps, because each of them fails when an interrupted run has already done it.
    said = [systemctl(verb, "--quiet", "--", *ordered, check=False) for verb in ("stop", "disable", "reset-failed")]
    return said[:1] if any(state.active for state in unit_states(ordered).values()) else []


def tell_units(target: Target, changes: Changes) -> list[str]:
    """Tells systemd what changed: sockets before services, the web server last."""
    known = sorted(changes.told() | set(target.units))
    stale = changes.touches_units() or any(state.stale for state in unit_states(known).values())
    if changes.enable:
        # Would reload by itself, and a reload is slow.
        systemctl("enable", "--quiet", "--no-reload", "--", *changes.enable)
    if stale or changes.enable:
        systemctl("daemon-reload")
    every = [one for app in target.plan["apps"] for one in (app, *app.get("further", ()))]
    services = {one["socket"]: one["service"] for one in every if one["socket"]}
    sockets = sorted(unit for unit in changes.restart if unit.endswith(".socket"))
    said = []
    if sockets:
        # A socket cannot be restarted while its service holds it.
        held = [services[socket] for socket in sockets if services.get(socket)]
        said.append(systemctl("stop", "--", *sockets, *held, check=False))
        changes.start |= {*sockets, *(service for service in held if service in target.units)}
        changes.restart -= {*sockets, *held}
        changes.reload -= set(held)
    servers = {web_server(target.plan)["unit"], tls_server(target.plan)["unit"]} & changes.reload
    workers = {unit: web_workers(unit) for unit in servers}
    for verb, units in (("start", changes.start), ("restart", changes.restart), ("reload-or-restart", changes.reload)):
        for group in in_order(units):
            said.append(systemctl(verb, "--", *group, check=False))
    for unit in servers:
        wait_for_reload(unit, workers[unit])
    return [text for text in said if text]


def in_order(units: set[str]) -> list[list[str]]:
    """Sockets, then everything else but the further instances of apps, then those: one of each app at a time."""
    rounds: dict[int, list[str]] = {}
    for unit in sorted(units):
        spare = re.fullmatch(r"app-.+_(\d+)\.service", unit)
        number = 0 if unit.endswith(".socket") else int(spare[1]) if spare else 1
        rounds.setdefault(number, []).append(unit)
    return [rounds[number] for number in sorted(rounds)]


def summary(changes: Changes) -> str:
    counts = [
        (len(changes.write), "files written"),
        (len(changes.remove), "files removed"),
        (len(changes.relink), "releases switched"),
        (len(changes.drop), "units dropped"),
        (len(changes.start), "units started"),
        (len(changes.restart), "units restarted"),
        (len(changes.reload), "units reloaded"),
    ]
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing"


def note_success(target: Target, state: State) -> None:
    """From now on the target is what the host goes back to."""
    state.plan = target.digest
    state.switching = False
    state.files = sorted(target.removable())
    state.units = sorted(target.units)
    state.apps = sorted(target.links)
    state.told = {unit: target.told(unit) for unit in sorted(target.told_units())}
    state.save()
