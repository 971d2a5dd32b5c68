"""
Applies the plan that came with the host's user data. The host never gets another one, so nothing is compared with a
former plan and nothing can be gone back to; applying again puts right what has been changed by hand.
"""

import fcntl
import json
import os
import secrets
import stat
import sys
import time
import traceback

from landfall_apply.accounts import ids_of, make_directories, make_directory, make_users
from landfall_apply.atomic import link_atomically, read_link, read_or_none, remove_quietly, write_atomically
from landfall_apply.canonical import sha256
from landfall_apply.certificates import certificates_message, get_certificates
from landfall_apply.command import run
from landfall_apply.credentials import make_placeholder
from landfall_apply.downloads import install_downloads
from landfall_apply.environments import Environments
from landfall_apply.health import ask
from landfall_apply.packages import Packages, check_debian
from landfall_apply.paths import LOCK_FILE, STATE_FILE, STATUS_FILE, app_folder, environment_folder, release_folder
from landfall_apply.releases import fetch_git
from landfall_apply.report import Failure, timestamp
from landfall_apply.units import journal
from landfall_apply.volume import mount_for_unit, ready_volume

PLAN = "/etc/landfall/plan.json"
WEB_SERVER = "nginx.service"


class Told:
    """What the steps say goes to the journal. No secret is given to this host, so none has to be hidden."""

    def __init__(self):
        self.redactor = self

    def hide(self, value, name):
        pass

    def step(self, text):
        print(text, flush=True)


class Kept:
    """What is remembered from run to run."""

    def __init__(self):
        known = json.loads(read_or_none(STATE_FILE) or b"{}")
        self.downloads = known.get("downloads", {})
        self.certified = known.get("certified", [])
        self.uncertified = known.get("uncertified", {})

    def save(self):
        write_atomically(STATE_FILE, json.dumps(vars(self)).encode(), 0o600)


def make_code(release, environments):
    """The release of an app. Returns the key of its Python environment, or None."""
    folder = release_folder(release["app"], release["digest"])
    if not os.path.exists(folder):
        run(["rm", "-rf", f"{folder}.partial"])
        os.makedirs(f"{folder}.partial/code")
        if release["source"]["git"]:
            fetch_git(release["source"]["git"], f"{folder}.partial/code")
        os.rename(f"{folder}.partial", folder)
    if release["python"] is None:
        return None
    key = environments.make(release, f"{folder}/code")
    if read_link(f"{folder}/env") != environment_folder(key):
        link_atomically(f"{folder}/env", environment_folder(key))
    return key


def make_secrets(plan):
    for secret in plan["secrets"]:
        if not os.path.exists(secret["path"]):
            make_directory(os.path.dirname(secret["path"]), 0o700, 0, 0)
            write_atomically(secret["path"], secrets.token_hex(32).encode(), 0o600, durable=True)
    for certificate in plan["certificates"]:
        if not os.path.exists(f"{certificate['folder']}/privkey.pem"):
            chain, key = make_placeholder(certificate)
            write_atomically(f"{certificate['folder']}/fullchain.pem", chain, 0o644)
            write_atomically(f"{certificate['folder']}/privkey.pem", key, 0o600)


def place(plan):
    """Puts files and links in their places. Returns the units that have to begin anew."""
    changed = set()
    for file in plan["files"]:
        path, content, mode = file["path"], file["content"].encode(), int(file["mode"], 8)
        owner = ids_of(file["owner"], file["group"])
        if read_or_none(path) == content:
            found = os.lstat(path)
            if (stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid) == (mode, *owner):
                continue
        write_atomically(path, content, mode, *owner)
        changed.update(file["change"]["units"])
    services = {app["name"]: app["service"] for app in plan["apps"]}
    for release in plan["releases"]:
        link, goal = f"{app_folder(release['app'])}/current", f"releases/{release['digest']}"
        if read_link(link) != goal:
            link_atomically(link, goal)
            changed.add(services[release["app"]])
    return changed - {None}


def tell(plan, changed):
    units = [unit["name"] for unit in plan["units"]]
    # A socket cannot begin anew while its service holds it.
    stopped = [unit for unit in units if unit in changed and unit != WEB_SERVER]
    run(["systemctl", "enable", "--quiet", "--no-reload", *units])
    run(["systemctl", "daemon-reload"])
    if stopped:
        run(["systemctl", "stop", *stopped], timeout=600)
    for unit in units:
        # What does not start shows in the health of its app.
        run(["systemctl", "start", unit], timeout=600, check=False)
    if WEB_SERVER in changed:
        run(["systemctl", "reload-or-restart", WEB_SERVER])


def problems_of(plan):
    """Waits for the apps. Returns what is wrong with those that do not become healthy."""
    begun, found = time.monotonic(), []
    services = {app["name"]: app["service"] for app in plan["apps"]}
    for check in plan["health"]:
        while wrong := ask(check):
            if time.monotonic() - begun > check["startSeconds"]:
                log = journal(services[check["app"]] or WEB_SERVER)
                found.append({"app": check["app"], "message": f"app {check['app']} is not healthy: {wrong}", "log": log})
                break
            time.sleep(0.3)
    return found


def apply(plan, status, unattended):
    kept, told = Kept(), Told()
    packages = Packages(told)
    check_debian(plan["debian"])
    install_downloads(plan.get("downloads", []), packages, kept, told)
    packages.install(plan["packages"], [unit["name"] for unit in plan["units"] if unit["app"] is None])
    remove_quietly("/etc/nginx/sites-enabled/default")
    make_users(plan["users"], told)
    make_directories(plan["directories"])
    make_secrets(plan)
    environments = Environments(plan["debian"], packages, told)
    keys = {release["app"]: make_code(release, environments) for release in plan["releases"]}
    tell(plan, place(plan))
    status["problems"] = problems_of(plan)
    status["certificates"] = get_certificates(plan, kept, told, unattended)
    kept.save()
    ill = [problem["app"] for problem in status["problems"]]
    status["apps"] = [
        {"name": one["app"], "release": one["digest"], "environment": keys[one["app"]], "healthy": one["app"] not in ill}
        for one in plan["releases"]
    ]
    message = f"not healthy: {', '.join(ill)}" if ill else f"{len(keys)} apps healthy"
    status["message"] = message + certificates_message(status["certificates"])
    status["state"] = "failed" if ill else "applied"


def write_status(status):
    write_atomically(STATUS_FILE, json.dumps(status).encode(), 0o644)


def main(words):
    if words[:1] == ["--mount-data-volume"]:
        return mount_for_unit(words[1])
    fcntl.flock(os.open(LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    os.umask(0o022)
    text = read_or_none(PLAN) or b""
    digest = sha256(text)
    status = {"format": 1, "plan": digest, "applied": None, "state": "applying", "message": "", "problems": []}
    status |= {"apps": [], "startedAt": timestamp(), "finishedAt": None}
    write_status(status)
    try:
        ready_volume()
        apply(json.loads(text), status, "--unattended" in words)
        status["applied"] = digest
    except Failure as failure:
        status |= {"state": "failed", "message": str(failure)}
    except Exception as error:
        status |= {"state": "failed", "message": f"unexpected {error!r}\n{traceback.format_exc()}"}
    status["finishedAt"] = timestamp()
    write_status(status)
    said = [line for problem in status["problems"] for line in (problem["message"], *problem["log"])]
    print("\n  ".join([f"{status['state']}: {status['message']}", *said]), flush=True)
    return 0 if status["state"] == "applied" else 1


sys.exit(main(sys.argv[1:]))
