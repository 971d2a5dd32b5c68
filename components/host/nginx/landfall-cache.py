#!/usr/bin/python3
"""Forgets what the web server has kept of apps' answers: of one address, or all of it.

    landfall-cache purge URL      e.g. https://www.example.com/news?page=2, as browsers send it
    landfall-cache purge --all

nginx asks the app again for what is no longer on disk; it need not be told. Every file has its key in one of its first lines,
so that all variants of an address are found, for other languages and other origins too.
"""

import os
import re
import sys
from urllib.parse import urlsplit

ROOT = "/var/cache/landfall"

# What is kept, and what is just being written.
KEPT = re.compile(r"[0-9a-f]{32}(?:\.[0-9]+)?")

# nginx writes numbers, the variant and the key before the answer (ngx_http_file_cache_header_t, then "\nKEY: ").
KEY = re.compile(rb"\nKEY: ([^\n]*)\n")
HEAD = 32768

USAGE = "usage: landfall-cache purge URL | landfall-cache purge --all"


def main(arguments: list[str], root: str = ROOT) -> int:
    if len(arguments) != 2 or arguments[0] != "purge":
        print(USAGE, file=sys.stderr)
        return 2
    try:
        wanted = None if arguments[1] == "--all" else address(arguments[1])
    except ValueError as error:
        print(f"landfall-cache: {error}\n{USAGE}", file=sys.stderr)
        return 2
    print(f"forgotten: {purge(root, wanted)}")
    return 0


def address(url: str) -> bytes:
    """The address as it stands in keys."""
    if re.search(r"[^\x21-\x7e]", url):
        raise ValueError(f"{url!r} has characters that a URL only carries encoded")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} does not begin with https:// and a host name")
    target = url.split("#")[0].split("//", 1)[1][len(parts.netloc) :]
    target = target if target.startswith("/") else f"/{target}"
    return f"https://{parts.hostname} {target}".encode()


def purge(root: str, wanted: bytes | None) -> int:
    count = 0
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            if KEPT.fullmatch(name) and (wanted is None or address_of(path) == wanted) and remove(path):
                count += 1
    return count


def address_of(path: str) -> bytes | None:
    """The address in the key of a file: `<app> GET <address> <origin>`."""
    try:
        with open(path, "rb") as file:
            found = KEY.search(file.read(HEAD))
    except FileNotFoundError:
        return None
    words = found[1].split(b" ") if found else []
    return b" ".join(words[2:4]) if len(words) > 3 else None


def remove(path: str) -> bool:
    try:
        os.unlink(path)
        return True
    except FileNotFoundError:
        return False  # nginx was faster


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
