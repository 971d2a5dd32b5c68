"""The way to a server elsewhere, whose name is a parameter, as stunnel reads it."""

import re

from landfall_apply.credentials import aside_or_present
from landfall_apply.paths import CA_BUNDLE
from landfall_apply.report import Failure
from landfall_apply.store import Store
from landfall_apply.target import TargetFile

NAME_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"


def resolve_tunnel(plan: dict, store: Store) -> list[TargetFile]:
    tunnel = plan.get("tunnel")
    if tunnel is None:
        return []
    parameter = tunnel["parameter"]
    given = store.parameter(parameter)
    if given is None:
        raise Failure(f"no value for {parameter}, the name of the server that shared files are on; set it")
    name = given.decode("utf-8", "replace")
    # Nothing that could begin another line.
    if len(name) > 253 or not re.fullmatch(rf"{NAME_LABEL}(?:\.{NAME_LABEL})*", name, re.ASCII):
        raise Failure(f"parameter {parameter} is {name!r}, which is not the name of a server")
    return [tunnel_file(tunnel, tunnel_lines(tunnel, name))]


def tunnel_lines(tunnel: dict, name: str) -> bytes:
    settings = {
        "foreground": "yes",
        "pid": "",
        "syslog": "no",
        "debug": "notice",
        # Connections that died without a word are noticed, on the way there and on the way here.
        "socket": "r:SO_KEEPALIVE=1",
    }
    service = {
        "client": "yes",
        "accept": f"127.0.0.1:{tunnel['accept']}",
        "connect": f"{name}:{tunnel['port']}",
        # The address may change, and may not be known yet when the program starts.
        "delay": "yes",
        "sslVersionMin": "TLSv1.2",
        "CAfile": CA_BUNDLE,
        "verifyChain": "yes",
        "checkHost": name,
        "renegotiation": "no",
        # As the mount helper of AWS has them: what the file system has closed is not kept half open.
        "TIMEOUTbusy": "20",
        "TIMEOUTclose": "0",
        "TIMEOUTidle": "70",
    }
    lines = [f"{key} = {value}" for key, value in settings.items()] + ["[files]"]
    return "".join(f"{line}\n" for line in lines + [f"{key} = {value}" for key, value in service.items()]).encode()


def tunnel_file(tunnel: dict, lines: bytes) -> TargetFile:
    # Kept aside as secrets are: the name is no secret, but no plan has it.
    return TargetFile(tunnel["path"], lines, 0o644, 0, 0, "restart", tuple(tunnel["units"]), sensitive=True)


def previous_tunnel(plan: dict) -> list[TargetFile]:
    """As it was before the switch."""
    tunnel = plan.get("tunnel")
    lines = aside_or_present(tunnel["path"]) if tunnel else None
    return [tunnel_file(tunnel, lines)] if tunnel and lines is not None else []
