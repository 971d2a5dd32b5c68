#!/usr/bin/python3
"""Merges logs of several instances or machines by time.

Programs write their lines when they have finished with a request, and flush them when it suits them: neither are the lines of
one log in order, nor do those of two fit together. This reads any number of logs at once (.gz too, - is standard input), and
prints their lines by time. Lines of the same time stay in the order of the files, and of lines in a file. A line without a
time, such as those of a traceback, stays behind the line before it. Only lines of the last --window seconds are kept in
memory; one that comes later than that is printed at once, and counted.

Times that are known, at the beginning of a line but for the last two: milliseconds or seconds since 1970 (before a comma or a
space), 2026-11-22 03:23:05,678 and 2026-11-22T03:23:05.678+01:00, [22/Nov/2026:03:23:05 +0000] of web servers, and "time" or
"ts" of a JSON object. One without an offset is in UTC, or in --utc-offset.
"""

import argparse
import gzip
import heapq
import json
import re
import signal
import sys
from datetime import datetime, timedelta, timezone

MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
EPOCH = re.compile(rb"(\d{13}|\d{10}(?:\.\d+)?)[,\s]")
ISO = re.compile(rb"\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?")
WEB = re.compile(rb"\[(\d\d)/([A-Z][a-z][a-z])/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})\]")


class Clock:
    """Reads the time of a line, in milliseconds since 1970."""

    def __init__(self, offset):
        self.offset = offset

    def time_of(self, line):
        if line.startswith(b"{"):
            return self.of_json(line)
        epoch = EPOCH.match(line)
        if epoch:
            return of_number(epoch[1].decode())
        return self.of_iso(line) or self.of_web(line)

    def of_json(self, line):
        try:
            entry = json.loads(line)
        except ValueError:
            return None
        value = entry.get("time", entry.get("ts")) if isinstance(entry, dict) else None
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, float)):
            return of_number(repr(value))
        return self.of_iso(str(value).encode()) or of_number(str(value))

    def of_iso(self, text):
        found = ISO.match(text)
        if not found:
            return None
        *parts, fraction, zone = found.groups()
        milliseconds = int((fraction or b"0").ljust(3, b"0")[:3])
        return self.since_1970([int(part) for part in parts], zone, milliseconds)

    def of_web(self, line):
        found = WEB.search(line)
        if not found or found[2].decode() not in MONTHS:
            return None
        day, month, year, *clock, zone = found.groups()
        return self.since_1970([int(year), MONTHS[month.decode()], int(day), *map(int, clock)], zone, 0)

    def since_1970(self, parts, zone, milliseconds):
        try:
            moment = datetime(*parts, tzinfo=timezone.utc)
        except ValueError:
            return None
        ahead = self.offset if zone is None else offset_of(zone.decode())
        return int((moment - ahead).timestamp()) * 1000 + milliseconds


def of_number(text):
    if not re.fullmatch(r"\d{10}(\.\d+)?|\d{13}(\.\d+)?", text):
        return None
    number = float(text)
    return int(number) if number >= 1e12 else round(number * 1000)


def offset_of(text):
    if text == "Z":
        return timedelta()
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))


class Lateness:
    """Counts what came too late to be put in order."""

    def __init__(self):
        self.lines = 0


def entries(file, clock):
    """Lines with their time, and with all lines behind that have none."""
    time, text = 0, b""
    for line in file:
        if not line.endswith(b"\n"):
            line += b"\n"
        own = clock.time_of(line)
        if own is None:
            text += line
            continue
        if text:
            yield time, text
        time, text = own, line
    if text:
        yield time, text


def ordered(file, clock, window, late):
    """The same by time, as far as lines are no further apart than the window."""
    waiting, newest, oldest = [], 0, 0
    for number, (time, text) in enumerate(entries(file, clock)):
        if time < oldest:
            late.lines += 1
        newest = max(newest, time)
        heapq.heappush(waiting, (time, number, text))
        while waiting and waiting[0][0] <= newest - window:
            first, _, ready = heapq.heappop(waiting)
            oldest = max(oldest, first)
            yield oldest, ready
    while waiting:
        first, _, ready = heapq.heappop(waiting)
        yield max(oldest, first), ready


def merged(files, clock, window, late):
    streams = (
        ((time, index, text) for time, text in ordered(file, clock, window, late)) for index, file in enumerate(files)
    )
    # By time and file alone; within a file lines are in order already.
    for _, _, text in heapq.merge(*streams, key=lambda entry: entry[:2]):
        yield text


def opened(name):
    if name == "-":
        return sys.stdin.buffer
    return gzip.open(name, "rb") if name.endswith(".gz") else open(name, "rb")


def main():
    about, _, more = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        prog="landfall-logs", description=about, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="+", help="a log, - for standard input")
    parser.add_argument("--window", type=float, default=60, metavar="SECONDS", help="longest disorder (default: 60)")
    parser.add_argument("--utc-offset", default="+00:00", metavar="+HH:MM", help="of times that say none")
    options = parser.parse_args()
    if not re.fullmatch(r"[+-]\d\d:?\d\d", options.utc_offset):
        parser.error("--utc-offset is not like +05:30")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        files = [opened(name) for name in options.file]
    except OSError as error:
        sys.exit(f"landfall-logs: {error}")
    late = Lateness()
    for text in merged(files, Clock(offset_of(options.utc_offset)), options.window * 1000, late):
        sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    if late.lines:
        sys.exit(f"landfall-logs: {late.lines} lines came too late to be in order; give a longer --window")


main()
