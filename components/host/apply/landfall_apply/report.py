"""What the program tells: progress lines, the log, the status file. No secret leaves through here."""

import json
import os
import sys
import time

from landfall_apply.atomic import write_atomically
from landfall_apply.paths import LOG_FILE, STATUS_FILE

LOG_LIMIT = 1 << 20


class Failure(Exception):
    """Why the plan could not be applied, in words for the person who asked for it, and what a log says about it."""

    def __init__(self, message: str, log: list[str] | None = None) -> None:
        super().__init__(message)
        self.log = log or []


class Redactor:
    """Knows the values that must not be shown and takes them out of texts."""

    # Shorter values would blank out ordinary words.
    SHORTEST = 6

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def hide(self, value: str, name: str) -> None:
        for part in {value, *value.splitlines()}:
            if len(part.strip()) >= self.SHORTEST:
                self._values[part.strip()] = name

    def clean(self, text: str) -> str:
        for value, name in sorted(self._values.items(), key=lambda item: -len(item[0])):
            text = text.replace(value, f"[{name}]")
        return text


class Report:
    """The status file and the log of one run."""

    def __init__(self, status_file: str = STATUS_FILE, log_file: str = LOG_FILE) -> None:
        self.redactor = Redactor()
        self._status_file = status_file
        self._log_file = log_file
        self._status: dict = {}
        os.makedirs(os.path.dirname(log_file), mode=0o755, exist_ok=True)
        if os.path.exists(log_file) and os.path.getsize(log_file) > LOG_LIMIT:
            os.replace(log_file, f"{log_file}.1")

    def begin(self, plan: str, applied: str | None) -> None:
        self._status = {
            "format": 1,
            "plan": plan,
            "applied": applied,
            "state": "applying",
            "message": "",
            "problems": [],
            "apps": [],
            "startedAt": timestamp(),
            "finishedAt": None,
        }
        self._write()
        self._log(f"applying plan {plan}")

    def step(self, text: str) -> None:
        """One line of progress."""
        text = self.redactor.clean(text)
        print(text, flush=True)
        self._log(text)
        self._status["message"] = text
        self._write()

    def end(
        self,
        state: str,
        message: str,
        applied: str | None,
        problems: list[dict],
        apps: list[dict],
        certificates: list[dict] | None = None,
    ) -> None:
        self._status |= {
            "applied": applied,
            "state": state,
            "message": self.redactor.clean(message),
            "problems": [self._clean_problem(problem) for problem in problems],
            "apps": apps,
            "certificates": certificates or [],
            "finishedAt": timestamp(),
        }
        self._write()
        self._log(f"{state}: {message}")
        out = sys.stdout if state == "applied" else sys.stderr
        print(f"{state}: {self._status['message']}", file=out, flush=True)
        for problem in self._status["problems"]:
            self._log(f"problem: {problem['message']}")
            for line in [problem["message"], *problem["log"]]:
                print(f"  {line}", file=sys.stderr, flush=True)

    def last(self) -> dict:
        """The status that the run before this one left, or an empty one."""
        try:
            with open(self._status_file, encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return {}

    def _clean_problem(self, problem: dict) -> dict:
        clean = self.redactor.clean
        return {**problem, "message": clean(problem["message"]), "log": [clean(line) for line in problem["log"]]}

    def _write(self) -> None:
        text = json.dumps(self._status, ensure_ascii=False, indent=2) + "\n"
        write_atomically(self._status_file, text.encode(), 0o644)

    def _log(self, text: str) -> None:
        with open(self._log_file, "a", encoding="utf-8") as file:
            for line in self.redactor.clean(text).splitlines():
                file.write(f"{timestamp()} {line}\n")


def timestamp() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def problem(app: str | None, message: str, log: list[str]) -> dict:
    return {"app": app, "message": message, "log": log}
