"""What this program has put on the host and which plan is in force; written before things change, so that a run that
was cut off is finished by the next one."""

import json
from dataclasses import asdict, dataclass, field

from landfall_apply.atomic import read_or_none, write_atomically
from landfall_apply.paths import PLANS, STATE_FILE
from landfall_apply.report import Failure


@dataclass
class State:
    format: int = 1
    # Digest of the plan in force: the last one that was applied and found healthy.
    plan: str | None = None
    # A switch has begun and has not been finished or taken back.
    switching: bool = False
    # All that any plan has put here and that has not been removed.
    files: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    apps: list[str] = field(default_factory=list)
    # What each unit was last started and reloaded with, as digests. No entry: it has to be told.
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    # The plan that was switched back, with the parameters it had: not tried again by itself.
    refused: dict[str, str] | None = None
    # SHA-256 of the downloads that were installed, by package.
    downloads: dict[str, str] = field(default_factory=dict)
    # Domains for which a certificate authority was asked.
    certified: list[str] = field(default_factory=list)
    # Domains that the certificate authority has refused a certificate: how often in a row, why, and when to ask again.
    uncertified: dict[str, dict] = field(default_factory=dict)

    def save(self) -> None:
        text = json.dumps(asdict(self), indent=1) + "\n"
        write_atomically(STATE_FILE, text.encode(), 0o600, durable=True)


def load_state() -> State:
    content = read_or_none(STATE_FILE)
    if content is None:
        return State()
    try:
        return State(**json.loads(content))
    except (ValueError, TypeError) as error:
        raise Failure(f"{STATE_FILE} cannot be read ({error}); move it away to apply everything afresh") from None


def plan_file(digest: str) -> str:
    return f"{PLANS}/{digest}.json"
