"""What differs between the host and the target."""

import os
from dataclasses import dataclass

from landfall_apply.state import State
from landfall_apply.target import UNIT_FOLDER, Target, TargetFile, TargetLink
from landfall_apply.units import UnitState


# States of a unit file in which there is nothing to enable.
SETTLED = ("enabled", "static", "alias", "indirect", "generated")


@dataclass
class Changes:
    write: list[TargetFile]
    remove: list[str]
    relink: list[TargetLink]
    # Units to stop and disable: an earlier plan had them.
    drop: list[str]
    restart: set[str]
    reload: set[str]
    start: set[str]
    enable: list[str]
    drop_apps: list[str]

    def anything(self) -> bool:
        return any(vars(self).values())

    def touches_units(self) -> bool:
        return any(path.startswith(UNIT_FOLDER) for path in self.paths())

    def touches(self, folder: str, unit: str) -> bool:
        """Whether what a web server reads is changed: its configuration, or certificates and proofs."""
        configured = any(path.startswith(folder) for path in self.paths())
        return configured or any(file.sensitive and unit in file.units for file in self.write)

    def paths(self) -> list[str]:
        return [file.path for file in self.write] + self.remove

    def told(self) -> set[str]:
        return self.restart | self.reload | self.start

    def apps(self, target: Target) -> set[str]:
        """The apps that something is changed for."""
        owners = {unit["name"]: unit["app"] for unit in target.plan["units"] if unit["app"]}
        return {owners[unit] for unit in self.told() if unit in owners} | {link.app for link in self.relink}


def find_changes(target: Target, state: State, units: dict[str, UnitState]) -> Changes:
    """Compares with the disk and with what the units were told: that puts right drift and interrupted runs too."""
    write = [file for file in target.files.values() if not file.is_there()]
    relink = [link for link in target.links.values() if not link.is_there()]
    drop = [unit for unit in state.units if unit not in target.units]
    changes = Changes(
        write=write,
        remove=[path for path in state.files if path not in target.files and os.path.lexists(path)],
        relink=relink,
        drop=drop,
        restart=set(),
        reload=set(),
        start=set(),
        enable=[unit for unit in target.units if units[unit].file_state not in SETTLED],
        drop_apps=[app for app in state.apps if app not in target.links],
    )
    informed = target.informed_units()
    for unit in (target.told_units() | set(state.told)) - set(drop):
        told, wanted = state.told.get(unit, {}), target.told(unit)
        # One that nothing of ours concerns only has to run: a restart could end the very command that we run in.
        if not told and unit not in informed:
            continue
        if told.get("restart") != wanted["restart"] or rewritten(unit, "restart", changes):
            changes.restart.add(unit)
        elif told.get("reload") != wanted["reload"] or rewritten(unit, "reload", changes):
            changes.reload.add(unit)
    changes.start = {unit for unit in target.units if not units[unit].active} - changes.restart - changes.reload
    return changes


def rewritten(unit: str, effect: str, changes: Changes) -> bool:
    if effect == "restart" and any(unit in link.services for link in changes.relink):
        return True
    return any(unit in file.units_for(effect) for file in changes.write)
