"""Removing what nobody needs any more."""

import os
import shutil


from landfall_apply.paths import ENVIRONMENTS, INSTALL_ROOT, PLANS, app_folder
from landfall_apply.target import Target

# Former releases that are kept beside the current one.
FORMER_RELEASES = 2

# Where the web server keeps answers (components/host/nginx/cache.ts).
CACHES = "/var/cache/landfall"


def clean(target: Target) -> None:
    """Old releases, environments that no release links to, kept answers of no route, plans not in force. Never data."""
    for app in folders(f"{INSTALL_ROOT}/apps"):
        link = target.links.get(app)
        clean_releases(app, link.digest if link else None)
    used = {
        os.path.basename(os.readlink(env))
        for app in folders(f"{INSTALL_ROOT}/apps")
        for release in folders(f"{app_folder(app)}/releases")
        if os.path.islink(env := f"{app_folder(app)}/releases/{release}/env")
    }
    for key in folders(ENVIRONMENTS):
        if key not in used:
            shutil.rmtree(f"{ENVIRONMENTS}/{key}", ignore_errors=True)
    zones = [directory["path"] for directory in target.plan["directories"]]
    for zone in folders(CACHES):
        if f"{CACHES}/{zone}" not in zones:
            shutil.rmtree(f"{CACHES}/{zone}", ignore_errors=True)
    for name in os.listdir(PLANS):
        if name != f"{target.digest}.json":
            os.unlink(f"{PLANS}/{name}")


def clean_releases(app: str, current: str | None) -> None:
    root = f"{app_folder(app)}/releases"
    if current is None:
        # The app is gone. Its data, in another folder, stays.
        shutil.rmtree(app_folder(app), ignore_errors=True)
        return
    whole = [name for name in folders(root) if os.path.exists(f"{root}/{name}/.complete")]
    # The stamp is touched when a release becomes current.
    whole.sort(key=lambda name: os.stat(f"{root}/{name}/.complete").st_mtime, reverse=True)
    kept = {current, *[name for name in whole if name != current][:FORMER_RELEASES]}
    for name in folders(root):
        if name not in kept:
            shutil.rmtree(f"{root}/{name}", ignore_errors=True)


def folders(path: str) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []
