"""Immutable copies of the apps' code, built beside the ones that run."""

import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib

from landfall_apply.atomic import link_atomically
from landfall_apply.command import run
from landfall_apply.environments import Environments
from landfall_apply.paths import CA_BUNDLE, environment_folder, release_folder
from landfall_apply.report import Failure, Report
from landfall_apply.store import Store

COMPLETE = ".complete"
GIT_ENVIRONMENT = {
    # Without these git waits for somebody to type a password.
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
    # `ext::` runs programs; the others of git's protocols are not for servers.
    "GIT_ALLOW_PROTOCOL": "https:http:ssh:git",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_SSL_CAINFO": CA_BUNDLE,
}


def make_release(release: dict, store: Store, environments: Environments, report: Report) -> str:
    """Makes the release unless it is there, and its Python environment. Returns the environment's key, or ""."""
    folder = release_folder(release["app"], release["digest"])
    if not os.path.exists(f"{folder}/{COMPLETE}"):
        report.step(f"{release['app']}: fetching release {release['digest']}")
        partial = f"{folder}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(f"{partial}/code", mode=0o755)
        fetch(release, store, f"{partial}/code")
        os.rename(partial, folder)
        mark_complete(folder)
    if release["python"] is None:
        return ""
    key = environments.make(release, f"{folder}/code")
    if os.path.realpath(f"{folder}/env") != environment_folder(key):
        link_atomically(f"{folder}/env", environment_folder(key))
    return key


def mark_complete(folder: str) -> None:
    with open(f"{folder}/{COMPLETE}", "w", encoding="utf-8"):
        pass


def fetch(release: dict, store: Store, code: str) -> None:
    source = release["source"]
    try:
        if source["archive"] is not None:
            with store.open_code(source["archive"]) as compressed:
                unpack(compressed, source["archive"], code)
        elif source["git"] is not None:
            fetch_git(source["git"], code)
    except Failure as failure:
        raise Failure(f"app {release['app']}: {failure}") from None


def unpack(compressed, digest: str, folder: str) -> None:
    """Unpacks an archive after its digest has been found right."""
    with tempfile.TemporaryFile(dir=os.path.dirname(folder)) as archive:
        found = hashlib.sha256()
        try:
            with gzip.GzipFile(fileobj=compressed) as stream:
                while block := stream.read(1 << 20):
                    found.update(block)
                    archive.write(block)
        except (OSError, EOFError, zlib.error) as error:
            raise Failure(f"the archive {digest} cannot be decompressed ({error}); upload it again") from None
        if found.hexdigest() != digest:
            raise Failure(f"the archive {digest} has digest {found.hexdigest()}; upload it again")
        archive.seek(0)
        with tarfile.open(fileobj=archive, mode="r:") as tar:
            for member in tar:
                unpack_member(tar, member, folder)


def unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: str) -> None:
    """
    Unpacks one member, owned by root, readable by all and writable by root only. Debian 12's Python has no `filter`
    yet, so what must not be in an archive is refused here.
    """
    name = inside(folder, folder, member.name, member.name)
    executable = 0o111 if member.mode & 0o100 else 0
    if member.isdir():
        os.makedirs(name, mode=0o755, exist_ok=True)
        return
    # A member below a link of the archive could be written anywhere.
    if os.path.realpath(os.path.dirname(name)) != os.path.dirname(name):
        raise Failure(f"the archive has {member.name!r} below a link")
    os.makedirs(os.path.dirname(name), mode=0o755, exist_ok=True)
    if os.path.lexists(name):
        os.unlink(name)
    if member.isreg():
        source = tar.extractfile(member)
        assert source is not None
        with source, open(name, "xb") as target:
            shutil.copyfileobj(source, target)
        os.chmod(name, 0o644 | executable)
    elif member.issym():
        inside(folder, os.path.dirname(name), member.linkname, member.name)
        os.symlink(member.linkname, name)
    elif member.islnk():
        original = inside(folder, folder, member.linkname, member.name)
        if os.path.islink(original) or not os.path.isfile(original):
            raise Failure(
                f"the archive has {member.name!r}, a hard link to {member.linkname!r}, which is no file in it"
            )
        os.link(original, name)
    else:
        raise Failure(f"the archive has {member.name!r}, which is neither file, directory nor link")


def inside(folder: str, base: str, path: str, member: str) -> str:
    full = os.path.normpath(os.path.join(base, path))
    if os.path.isabs(path) or not (full == folder or full.startswith(f"{folder}/")):
        raise Failure(f"the archive has {member!r}, which leads out of its folder")
    return full


def fetch_git(git: dict, code: str) -> None:
    """Takes the files of one commit. A shallow fetch first; servers that refuse a bare commit are asked for all."""
    url, ref, directory = git["url"], git["ref"], git["directory"]
    if url.startswith("-") or ref.startswith("-"):
        raise Failure(f"git address {url!r} or ref {ref!r} starts with a hyphen")
    # Only our part of it is kept, so the repository is fetched next to the code, not into it.
    repository = f"{os.path.dirname(code)}/repository"

    def git_run(*words: str, check: bool = True, timeout: float = 60) -> int:
        argv = ["git", "-C", repository, "-c", "advice.detachedHead=false", *words]
        return run(argv, environment=GIT_ENVIRONMENT, timeout=timeout, check=check, dies_with_us=True).returncode

    os.makedirs(repository)
    git_run("init", "--quiet")
    if git_run("fetch", "--quiet", "--depth", "1", "--", url, ref, check=False, timeout=300) == 0:
        git_run("checkout", "--quiet", "FETCH_HEAD")
    else:
        git_run("fetch", "--quiet", "--tags", "--", url, "+refs/heads/*:refs/remotes/origin/*", timeout=600)
        named = git_run("checkout", "--quiet", "--detach", f"refs/remotes/origin/{ref}", check=False) == 0
        if not named:
            git_run("checkout", "--quiet", "--detach", ref)
    shutil.rmtree(f"{repository}/.git")
    chosen = os.path.realpath(os.path.join(repository, directory))
    if not chosen.startswith(os.path.realpath(repository)) or not os.path.isdir(chosen):
        raise Failure(f"{url} at {ref} has no folder {directory!r}")
    os.rmdir(code)
    os.rename(chosen, code)
    shutil.rmtree(repository, ignore_errors=True)
    make_readable(code)


def make_readable(folder: str) -> None:
    """Gives git's files the same modes as an archive's, whatever the umask was."""
    for path, folders, files in os.walk(folder):
        os.chmod(path, 0o755)
        for name in files:
            file = os.path.join(path, name)
            if not os.path.islink(file):
                os.chmod(file, 0o755 if os.stat(file).st_mode & 0o100 else 0o644)
        folders[:] = [name for name in folders if not os.path.islink(os.path.join(path, name))]
