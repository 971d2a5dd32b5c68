"""Users and directories."""

import grp
import os
import pwd
import stat

from landfall_apply.command import run
from landfall_apply.report import Failure, Report

# www-data, which has the same id on every Debian: what the web server reads stays readable on another machine.
WEB_GROUP = 33


def make_users(users: list[dict], report: Report) -> None:
    missing = [user for user in users if not exists(user["name"])]
    if not missing:
        return
    report.step(f"creating users: {' '.join(user['name'] for user in missing)}")
    # sysusers, not useradd: it needs no lock file that a killed machine would leave behind. Where a data volume has come
    # from another machine, the owner of the app's folder is the id that the user had there.
    lines = [
        f'u {user["name"]} {user.get("uid", user["home"])} "Landfall app" {user["home"]} /usr/sbin/nologin\n'
        for user in missing
    ]
    run(["systemd-sysusers", "-"], stdin="".join(lines))
    for user in missing:
        take_over(user["home"], *ids_of(user["name"], user["name"]))


def check_ids(users: list[dict]) -> None:
    """sysusers takes another id where the one that it was told is taken, and leaves a user as it is that is there."""
    problems = [id_problem(user["name"], user["uid"]) for user in users if "uid" in user]
    if any(problems):
        raise Failure("; ".join(problem for problem in problems if problem))


def id_problem(name: str, uid: int) -> str | None:
    fix = "end this machine, so that a new one takes its place"
    if exists(name):
        found = ids_of(name, name)
        if found == (uid, uid):
            return None
        return f"user {name} has the ids {found[0]}:{found[1]} here, and {uid} on machines that share its files; {fix}"
    owner = next((entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == uid), None)
    group = next((entry.gr_name for entry in grp.getgrall() if entry.gr_gid == uid), None)
    if owner is None and group is None:
        return None
    taken = f"user {owner}" if owner is not None else f"group {group}"
    return f"{taken} has the id {uid} here, under which machines share the files of {name}; give the app another name"


def take_over(home: str, uid: int, gid: int) -> None:
    """Gives what an earlier machine's user owned to the one that has taken its place, where their ids differ."""
    try:
        before = os.lstat(home).st_uid
    except FileNotFoundError:
        return
    if before in (0, uid):
        return
    for _, folders, files, descriptor in os.fwalk(home):
        for name in (".", *folders, *files):
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if found.st_uid == before:
                group = -1 if found.st_gid == WEB_GROUP else gid
                os.chown(name, uid, group, dir_fd=descriptor, follow_symlinks=False)


def exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
        return True
    except KeyError:
        return False


def ids_of(owner: str, group: str) -> tuple[int, int]:
    try:
        return pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid
    except KeyError as error:
        raise Failure(f"the plan names an owner that this host does not have: {error}") from None


def make_directory(path: str, mode: int, uid: int, gid: int) -> None:
    """
    Makes a directory, or corrects its mode and owner. A link on the way is followed only where root has put it: an app
    could place one in its own data folder and so have root hand it any directory of the host.
    """
    descriptor = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in path.strip("/").split("/"):
            if name in ("", ".", ".."):
                raise Failure(f"{path} is not a plain absolute path")
            inner = enter(descriptor, name, path)
            os.close(descriptor)
            descriptor = inner
        found = os.fstat(descriptor)
        if (found.st_uid, found.st_gid) != (uid, gid):
            os.fchown(descriptor, uid, gid)
        if stat.S_IMODE(found.st_mode) != mode:
            os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def enter(folder: int, name: str, path: str) -> int:
    """Opens a directory of a directory, making it when it is missing."""
    flags = os.O_RDONLY | os.O_DIRECTORY
    try:
        os.mkdir(name, 0o755, dir_fd=folder)
    except FileExistsError:
        pass
    try:
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except OSError:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISLNK(found.st_mode):
            raise Failure(f"{path} cannot be made: {name} in it is not a directory") from None
        if os.fstat(folder).st_uid != 0:
            raise Failure(f"{path} cannot be made: {name} in it is a link that root has not put there") from None
        return os.open(name, flags, dir_fd=folder)


def make_directories(directories: list[dict]) -> None:
    for directory in directories:
        uid, gid = ids_of(directory["owner"], directory["group"])
        make_directory(directory["path"], int(directory["mode"], 8), uid, gid)
