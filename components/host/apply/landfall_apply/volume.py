"""Mounts the data volume: the disk beside the host's own. Makes a file system on it when it is blank, and only then."""

import os
import re
import shutil
import sys
import time

from landfall_apply.atomic import read_or_none
from landfall_apply.command import run
from landfall_apply.report import Failure
from landfall_apply.units import journal

# Laid by user data on a host that has a data volume (components/host/cloud-init/units.ts).
VOLUME_UNIT = "landfall-volume.service"
LABEL = "landfall-data"
VOLUME = "/var/lib/landfall/volume"
# What outlives the machine: folder of the volume, where the host expects it, mode.
VOLUME_FOLDERS = (
    ("data", "/var/lib/landfall/data", 0o755),
    ("secrets", "/etc/landfall/secrets", 0o700),
    ("tls", "/etc/landfall/tls", 0o755),
    ("letsencrypt", "/etc/letsencrypt", 0o755),
)
# A volume is attached after its instance has started.
ATTACH_SECONDS = 300
# Disks that hold nothing of ours: memory, loops, compositions of other disks, and what EC2 empties at each stop.
OTHER_DISKS = re.compile(r"loop|ram|zram|sr|fd|dm-|md|nbd")
EPHEMERAL = "Instance Storage"
EDGE = 1 << 20


def spare_disks(
    sys_block: str = "/sys/block", mount_table: str = "/proc/self/mountinfo", devices: str = "/dev"
) -> list[str]:
    """The whole disks that nothing uses: no partitions, not mounted, no part of anything."""
    with open(mount_table, encoding="utf-8") as table:
        mounted = {line.split()[2] for line in table}
    return [
        f"{devices}/{name}"
        for name in sorted(os.listdir(sys_block))
        if not OTHER_DISKS.match(name)
        and os.path.exists(f"{devices}/{name}")
        and is_spare(f"{sys_block}/{name}", mounted)
    ]


def is_spare(disk: str, mounted: set[str]) -> bool:
    """Whether nothing uses a disk, given as its folder of sysfs."""

    def said(name: str) -> str:
        return (read_or_none(f"{disk}/{name}") or b"").decode("utf-8", "replace").strip()

    parts = os.listdir(disk)
    in_use = [part for part in parts if os.path.exists(f"{disk}/{part}/partition")]
    in_use += os.listdir(f"{disk}/holders") if "holders" in parts else []
    in_use += [number for number in mounted if number == said("dev")]
    return not in_use and said("size") not in ("", "0") and said("ro") != "1" and EPHEMERAL not in said("device/model")


def probe(device: str, tag: str) -> str | None:
    """A tag of what is on a device, by looking at the device itself. None when nothing is known to be there."""
    found = run(["blkid", "-p", "-o", "value", "-s", tag, device], check=False)
    # 2: nothing found. Everything else that is not 0 is a doubt, and no reason to write.
    if found.returncode not in (0, 2):
        raise Failure(f"{device} cannot be looked at: {found.stdout.strip() or found.returncode}")
    return None if found.returncode == 2 else found.stdout.strip()


def is_blank(device: str) -> bool:
    if probe(device, "TYPE") is not None or probe(device, "PTTYPE") is not None:
        return False
    with open(device, "rb") as disk:
        size = disk.seek(0, os.SEEK_END)
        for start in (0, max(0, size - EDGE)):
            disk.seek(start)
            if disk.read(EDGE).strip(b"\0"):
                return False
    return True


def choose(disks: list[str]) -> tuple[str, bool]:
    """The disk with our label, else the one that is blank: (device, whether it is blank)."""
    ours = [disk for disk in disks if probe(disk, "LABEL") == LABEL]
    blank = [] if ours else [disk for disk in disks if is_blank(disk)]
    found = ours or blank
    if len(found) == 1:
        return found[0], not ours
    if found:
        raise Failure(f"{' and '.join(found)} could all be it; attach one data volume")
    if disks:
        raise Failure(f"{' and '.join(disks)}: neither blank nor labelled {LABEL}, so left alone")
    raise Failure("none is attached")


def wait_for_disk(device: str | None, seconds: float) -> tuple[str, bool]:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if device and not os.path.exists(device):
                raise Failure(f"{device} is not there")
            return choose([os.path.realpath(device)] if device else spare_disks())
        except Failure as reason:
            if time.monotonic() > deadline:
                raise
            print(f"waiting for the data volume: {reason}", flush=True)
            time.sleep(2)


def mount_volume(device: str | None) -> None:
    """Mounts the volume and the folders that are on it, as far as they are not."""
    if not os.path.ismount(VOLUME):
        disk, blank = wait_for_disk(device, ATTACH_SECONDS)
        if blank:
            print(f"making a file system on {disk}", flush=True)
            run(["mkfs.ext4", "-q", "-L", LABEL, disk], timeout=600)
        check_file_system(disk, "-p")
        if has_grown(disk):
            # Before it is mounted, which needs no privilege but to write to it. It wants a whole check first.
            check_file_system(disk, "-f", "-p")
            print(f"the file system of {disk} grows with it", flush=True)
            run(["resize2fs", disk], timeout=3600)
        os.makedirs(VOLUME, mode=0o755, exist_ok=True)
        run(["mount", "-t", "ext4", "-o", "nodev,nosuid,noatime", disk, VOLUME])
    for name, target, mode in VOLUME_FOLDERS:
        if not os.path.ismount(target):
            bind(f"{VOLUME}/{name}", target, mode)


def check_file_system(disk: str, *options: str) -> None:
    checked = run(["e2fsck", *options, disk], check=False, timeout=3600)
    # 1: it had errors and they are mended (e2fsck(8)).
    if checked.returncode not in (0, 1):
        raise Failure(f"e2fsck cannot mend the file system of {disk}: {checked.stdout.strip()}")


def has_grown(disk: str) -> bool:
    """Whether a disk has room for more blocks than its file system has."""
    said = dict(line.split(":", 1) for line in run(["dumpe2fs", "-h", disk]).stdout.splitlines() if ":" in line)
    with open(disk, "rb") as device:
        size = device.seek(0, os.SEEK_END)
    return size // int(said["Block size"]) > int(said["Block count"])


def bind(folder: str, target: str, mode: int) -> None:
    os.makedirs(target, mode=mode, exist_ok=True)
    if not os.path.isdir(folder):
        # What the host had before it had a volume goes along, under its last name only when it is whole.
        shutil.rmtree(f"{folder}.partial", ignore_errors=True)
        run(["cp", "--archive", "--", target, f"{folder}.partial"], timeout=3600)
        os.chmod(f"{folder}.partial", mode)
        os.rename(f"{folder}.partial", folder)
    run(["mount", "--bind", folder, target])


def ready_volume() -> None:
    """Starts the unit that mounts the volume, if the host has one: what is written before that would be hidden by it."""
    if not os.path.exists(f"/etc/systemd/system/{VOLUME_UNIT}"):
        return
    started = run(["systemctl", "start", VOLUME_UNIT], timeout=ATTACH_SECONDS + 7200, check=False)
    if started.returncode != 0:
        raise Failure("the data volume cannot be mounted:\n" + "\n".join(journal(VOLUME_UNIT)[-5:]))


def mount_for_unit(device: str) -> int:
    """What the unit runs: the exit status. An empty device is the one disk that nothing uses."""
    try:
        mount_volume(device or None)
    except (Failure, OSError) as error:
        print(f"the data volume: {error}", file=sys.stderr, flush=True)
        return 1
    return 0
