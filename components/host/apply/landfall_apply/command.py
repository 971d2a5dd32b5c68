"""Other programs, strictly: a failure stops everything and says what the program said."""

import os
import signal
import subprocess
import tempfile

from landfall_apply.report import Failure

LAST_LINES = 30


def run(
    argv: list[str],
    *,
    timeout: float = 120,
    environment: dict[str, str] | None = None,
    folder: str = "/",
    check: bool = True,
    stdin: str = "",
    dies_with_us: bool = False,
) -> subprocess.CompletedProcess:
    """
    Runs a program and returns its exit code and output (both streams). `dies_with_us` is for programs that must not
    go on alone when this one is killed, because the next run starts their work afresh.
    """
    if dies_with_us:
        argv = ["setpriv", "--pdeathsig", "KILL", "--", *argv]
    # A file, not a pipe: a service started on the way may keep the stream open for ever.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as given:
        given.write(stdin.encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                argv,
                stdin=given,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/root", **(environment or {})},
                start_new_session=True,
            )
        except FileNotFoundError:
            raise Failure(f"{argv[0]} is not installed; add its package to the plan") from None
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise Failure(f"{shown(argv)} did not end within {timeout:g} s:\n{text_of(output)}") from None
        if check and code != 0:
            raise Failure(f"{shown(argv)} failed with exit code {code}:\n{last_lines(text_of(output))}")
        return subprocess.CompletedProcess(argv, code, text_of(output))


def shown(argv: list[str]) -> str:
    """A command as it is named in messages: without our wrapper, and not longer than a line."""
    words = argv[4:] if argv[0] == "setpriv" else argv
    text = " ".join(words)
    return text if len(text) <= 120 else f"{text[:117]}..."


def text_of(output) -> str:
    output.seek(0)
    return output.read().decode("utf-8", "replace")


def last_lines(text: str, count: int = LAST_LINES) -> str:
    return "\n".join(text.rstrip().splitlines()[-count:])
