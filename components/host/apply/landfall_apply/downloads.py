"""Debian packages that are in no archive: fetched from their maker's address, and only taken with the digest of the plan."""

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request

from landfall_apply.atomic import remove_quietly
from landfall_apply.command import run
from landfall_apply.packages import Packages, missing_packages
from landfall_apply.report import Failure, Report
from landfall_apply.state import State

DOWNLOADS = "/var/cache/landfall/downloads"
DOWNLOAD_PAUSES = (1, 2, 4, 8)
DOWNLOAD_SECONDS = 60


def install_downloads(downloads: list[dict], packages: Packages, state: State, report: Report) -> None:
    for download in downloads:
        name, digest = download["package"], download["sha256"]
        # Once it is there it may bring itself up to date: only a digest that the plan has changed is news.
        if state.downloads.get(name) == digest and not missing_packages([name]):
            continue
        report.step(f"downloading {name} {download['version']}")
        os.makedirs(DOWNLOADS, mode=0o755, exist_ok=True)
        path = f"{DOWNLOADS}/{name}.deb"
        fetch_download(download["url"], digest, path)
        if not is_newer_installed(name, path):
            packages.install_file(path)
        os.unlink(path)
        state.downloads[name] = digest
        state.save()


def fetch_download(url: str, digest: str, path: str) -> None:
    """Fetches a file with the digest it has to have. Nothing is kept of one with another."""
    for pause in (*DOWNLOAD_PAUSES, None):
        try:
            found = fetch_once(url, path)
            break
        except (OSError, http.client.HTTPException) as error:
            remove_quietly(path)
            gone = isinstance(error, urllib.error.HTTPError) and error.code in (403, 404, 410)
            if gone or pause is None:
                raise Failure(f"{url} cannot be downloaded: {error or type(error).__name__}") from None
            time.sleep(pause)
    if found != digest:
        os.unlink(path)
        raise Failure(f"{url} has SHA-256 {found}, the plan says {digest}; it was not installed")


def fetch_once(url: str, path: str) -> str:
    found = hashlib.sha256()
    with urllib.request.urlopen(url, timeout=DOWNLOAD_SECONDS) as answer, open(path, "wb") as file:
        while block := answer.read(1 << 20):
            found.update(block)
            file.write(block)
        length = answer.headers["content-length"]
        if length is not None and file.tell() != int(length):
            raise OSError(f"only {file.tell()} of {length} bytes came")
    return found.hexdigest()


def is_newer_installed(name: str, path: str) -> bool:
    if missing_packages([name]):
        return False
    installed = run(["dpkg-query", "--show", "--showformat", "${Version}", name]).stdout
    offered = run(["dpkg-deb", "--field", path, "Version"]).stdout.strip()
    return run(["dpkg", "--compare-versions", installed, "ge", offered], check=False).returncode == 0
