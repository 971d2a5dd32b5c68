"""systemd: what it says about units, and telling it things."""

from dataclasses import dataclass

from landfall_apply.command import last_lines, run

JOURNAL_LINES = 30
PROPERTIES = "Id,LoadState,ActiveState,SubState,UnitFileState,NRestarts,NeedDaemonReload,Result,ExecMainStatus"
# A unit may take as long as its own TimeoutStartSec and TimeoutStopSec allow; this only bounds a manager that hangs.
SYSTEMCTL_SECONDS = 600


@dataclass(frozen=True)
class UnitState:
    name: str
    active: bool
    activity: str
    file_state: str
    restarts: int
    stale: bool
    result: str
    exit_status: str


def unit_states(names: list[str]) -> dict[str, UnitState]:
    """The state of each unit, asked for at once."""
    if not names:
        return {}
    output = run(["systemctl", "show", f"--property={PROPERTIES}", "--", *names]).stdout
    blocks = [
        dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in output.strip().split("\n\n")
    ]
    return {name: unit_state(name, block) for name, block in zip(names, blocks, strict=True)}


def unit_state(name: str, fields: dict[str, str]) -> UnitState:
    restarts = fields.get("NRestarts", "0")
    return UnitState(
        name=name,
        active=fields.get("ActiveState") in ("active", "reloading"),
        activity=f"{fields.get('ActiveState')} ({fields.get('SubState')})",
        file_state=fields.get("UnitFileState", ""),
        restarts=int(restarts) if restarts.isdigit() else 0,
        stale=fields.get("NeedDaemonReload") == "yes",
        result=fields.get("Result", ""),
        exit_status=fields.get("ExecMainStatus", ""),
    )


def systemctl(*words: str, check: bool = True) -> str:
    result = run(["systemctl", *words], timeout=SYSTEMCTL_SECONDS, check=check)
    return "" if result.returncode == 0 else last_lines(result.stdout)


def journal(unit: str) -> list[str]:
    run(["journalctl", "--sync"], check=False, timeout=10)
    argv = ["journalctl", "--unit", unit, "--lines", str(JOURNAL_LINES), "--no-pager", "--quiet", "--output", "cat"]
    return run(argv, check=False, timeout=20).stdout.splitlines()
