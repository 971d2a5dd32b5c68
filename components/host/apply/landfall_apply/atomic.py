"""Files and links that are either the old or the new one, whenever the machine stops."""

import os


def write_atomically(path: str, content: bytes, mode: int, uid: int = 0, gid: int = 0, durable: bool = False) -> None:
    """Replaces a file by renaming. `durable` also survives a power cut, at the cost of a flush to the disk."""
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    partial = os.path.join(os.path.dirname(path), f".landfall-{os.path.basename(path)}")
    if os.path.lexists(partial):
        os.unlink(partial)
    # O_EXCL: never through a link that someone else has put there.
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        if os.geteuid() == 0:
            os.fchown(descriptor, uid, gid)
        os.fchmod(descriptor, mode)
        if durable:
            file.flush()
            os.fsync(descriptor)
    os.replace(partial, path)


def link_atomically(path: str, target: str) -> None:
    partial = os.path.join(os.path.dirname(path), f".landfall-{os.path.basename(path)}")
    if os.path.lexists(partial):
        os.unlink(partial)
    os.symlink(target, partial)
    os.replace(partial, path)


def read_link(path: str) -> str | None:
    try:
        return os.readlink(path)
    except OSError:
        return None


def read_or_none(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove_quietly(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
