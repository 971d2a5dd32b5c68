"""What proves that a request came through what stands in front of the host: values from parameters, as lines for the web server."""

import json
import re

from landfall_apply.credentials import aside_or_present
from landfall_apply.report import Failure, Report
from landfall_apply.store import Store
from landfall_apply.target import TargetFile, web_server


def resolve_proofs(plan: dict, store: Store, report: Report) -> list[TargetFile]:
    return [proof_file(plan, proof, proof_lines(proof, store, report)) for proof in plan.get("proofs", [])]


def proof_lines(proof: dict, store: Store, report: Report) -> bytes:
    parameter = proof["parameter"]
    given = store.parameter(parameter)
    if given is None:
        raise Failure(f"no value for {parameter}, by which what stands in front of the host proves itself; set it")
    values = parse_values(given, parameter)
    for value in values:
        report.redactor.hide(value, f"proof {proof['header']}")
    return "".join(proof.get("line", '"~^%s$" 1;\n') % value for value in values).encode()


def parse_values(given: bytes, parameter: str) -> list[str]:
    """The current value and, while it is being replaced, the previous one. None of them is shown when it is wrong."""
    try:
        found = json.loads(given)
        values = [found["current"], *([found["previous"]] if found.get("previous") is not None else [])]
        # Nothing that means something to a web server or to PCRE.
        if all(re.fullmatch(r"[A-Za-z0-9_-]{32,128}", value, re.ASCII) for value in values):
            return values
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise Failure(
        f"parameter {parameter} is not a JSON object with the text `current`, and `previous` if there was one, each 32 to"
        " 128 letters, digits, hyphens and underscores"
    )


def proof_file(plan: dict, proof: dict, lines: bytes) -> TargetFile:
    return TargetFile(proof["path"], lines, 0o600, 0, 0, "reload", (web_server(plan)["unit"],), sensitive=True)


def previous_proofs(plan: dict) -> list[TargetFile]:
    """As they were before the switch."""
    found = [(proof, aside_or_present(proof["path"])) for proof in plan.get("proofs", [])]
    return [proof_file(plan, proof, lines) for proof, lines in found if lines is not None]
