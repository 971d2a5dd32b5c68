"""What is to be true of the host, in one shape for the plan, its secrets and its certificates."""

import json
import os
from dataclasses import dataclass, field

from landfall_apply.accounts import ids_of
from landfall_apply.atomic import read_link, read_or_none
from landfall_apply.canonical import canonical_json, sha256
from landfall_apply.paths import app_folder
from landfall_apply.report import Failure

# The web server of plans that name none.
NGINX = {"unit": "nginx.service", "folder": "/etc/nginx/", "main": "nginx.conf", "check": ["nginx", "-t", "-q", "-c"]}
UNIT_FOLDER = "/etc/systemd/system/"


@dataclass(frozen=True)
class TargetFile:
    path: str
    content: bytes
    mode: int
    uid: int
    gid: int
    # "none", "reload" or "restart", and the units that are told.
    effect: str
    units: tuple[str, ...]
    # Units that are restarted beside those.
    restarts: tuple[str, ...] = ()
    # Never shown, and kept aside while a switch has not proved itself.
    sensitive: bool = False
    # Stays when no plan has it any more: it could not be had again.
    kept: bool = False
    # The host itself replaces its content, so only its absence is put right.
    own: bool = False

    def units_for(self, effect: str) -> tuple[str, ...]:
        """The units that it has an effect on."""
        return (self.units if self.effect == effect else ()) + (self.restarts if effect == "restart" else ())

    def is_there(self) -> bool:
        try:
            found = os.lstat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        same = (found.st_mode, found.st_uid, found.st_gid) == (0o100000 | self.mode, self.uid, self.gid)
        return same and (self.own or read_or_none(self.path) == self.content)


@dataclass(frozen=True)
class TargetLink:
    """The `current` link of an app."""

    app: str
    digest: str
    environment: str
    # Of each instance.
    services: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"{app_folder(self.app)}/current"

    @property
    def goal(self) -> str:
        return f"releases/{self.digest}"

    def is_there(self) -> bool:
        return read_link(self.path) == self.goal


@dataclass(frozen=True)
class Target:
    digest: str
    plan: dict
    files: dict[str, TargetFile]
    links: dict[str, TargetLink]
    units: tuple[str, ...] = field(default=())

    def told(self, unit: str) -> dict[str, str]:
        """Digests of all that a unit is restarted and reloaded for."""
        inputs: dict[str, list] = {"restart": [], "reload": []}
        for file in sorted(self.files.values(), key=lambda file: file.path):
            for effect, found in inputs.items():
                if unit in file.units_for(effect):
                    found.append([file.path, file.mode, file.uid, file.gid, sha256(file.content)])
        for link in self.links.values():
            if unit in link.services:
                inputs["restart"].append([link.digest, link.environment])
        return {effect: sha256(canonical_json(found).encode()) for effect, found in inputs.items()}

    def informed_units(self) -> set[str]:
        """Units that something of the target is for."""
        named = {unit for file in self.files.values() for effect in ("restart", "reload") for unit in file.units_for(effect)}
        return named.union(*(link.services for link in self.links.values()))

    def told_units(self) -> set[str]:
        return self.informed_units() | set(self.units)

    def removable(self) -> set[str]:
        """Files that are removed when a later plan does not have them."""
        return {file.path for file in self.files.values() if not file.kept}

    def parameters_digest(self) -> str:
        """Digest of the secrets and certificates: what may change while the plan stays the same."""
        found = [[file.path, sha256(file.content)] for file in self.files.values() if file.sensitive]
        return sha256(canonical_json(sorted(found)).encode())


def web_server(plan: dict) -> dict:
    return plan.get("web", NGINX)


def tls_server(plan: dict) -> dict:
    """What has the certificates: a program in front of the web server, else that one."""
    return plan.get("front", web_server(plan))


def has_web_server(plan: dict) -> bool:
    return tls_server(plan)["unit"] in [unit["name"] for unit in plan["units"]]


def read_plan(path: str, digest: str) -> dict:
    from_file = read_or_none(path)
    if from_file is None:
        raise Failure(f"there is no plan at {path}")
    if sha256(from_file) != digest:
        raise Failure(f"the plan at {path} does not have the digest {digest}")
    plan = json.loads(from_file)
    if plan.get("format") != 1:
        raise Failure(f"the plan at {path} has format {plan.get('format')!r}; this program applies format 1")
    return plan


def services_of(plan: dict) -> dict[str, tuple[str, ...]]:
    """The services of each app, one for each of its instances; none for one that runs nothing here."""
    return {
        app["name"]: tuple(one["service"] for one in (app, *app.get("further", ())) if one["service"])
        for app in plan["apps"]
    }


def masked_units(plan: dict) -> list[str]:
    """Units of packages that never run: an empty file stands in the place of each."""
    paths = [file["path"] for file in plan["files"] if file["content"] == ""]
    return [path.removeprefix(UNIT_FOLDER) for path in paths if path.startswith(UNIT_FOLDER)]


def make_target(digest: str, plan: dict, credentials: list[TargetFile], environments: dict[str, str]) -> Target:
    """`environments`: key of the Python environment by app, "" for none."""
    services = services_of(plan)
    files = [planned_file(file) for file in plan["files"]] + credentials
    links = [
        TargetLink(release["app"], release["digest"], environments[release["app"]], services.get(release["app"], ()))
        for release in plan["releases"]
    ]
    return Target(
        digest=digest,
        plan=plan,
        files={file.path: file for file in files},
        links={link.app: link for link in links},
        units=tuple(unit["name"] for unit in plan["units"]),
    )


def planned_file(file: dict) -> TargetFile:
    uid, gid = ids_of(file["owner"], file["group"])
    change = file["change"]
    content = file["content"].encode()
    return TargetFile(file["path"], content, int(file["mode"], 8), uid, gid, change["effect"], tuple(change["units"]))
