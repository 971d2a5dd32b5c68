"""Applies a host plan: prepares beside what runs, switches, waits for health, goes back when it does not come."""

import argparse
import fcntl
import os
import sys
import traceback

from landfall_apply.accounts import check_ids, make_directories, make_users
from landfall_apply.atomic import remove_quietly, write_atomically
from landfall_apply.certificates import certificates_message, get_certificates
from landfall_apply.changes import find_changes
from landfall_apply.cleaning import clean
from landfall_apply.credentials import forget_previous, previous_credentials, read_whole, resolve_credentials
from landfall_apply.downloads import install_downloads
from landfall_apply.environments import Environments
from landfall_apply.health import HealthGate
from landfall_apply.lifecycle import enter_service
from landfall_apply.packages import Packages, check_debian
from landfall_apply.paths import LOCK_FILE, PREVIOUS, release_folder
from landfall_apply.proofs import previous_proofs, resolve_proofs
from landfall_apply.releases import COMPLETE, make_release
from landfall_apply.report import Failure, Report, problem
from landfall_apply.staging import check_staged
from landfall_apply.state import State, load_state, plan_file
from landfall_apply.store import Store, open_store
from landfall_apply.switch import note_success, switch
from landfall_apply.target import Target, TargetFile, make_target, masked_units, read_plan
from landfall_apply.tunnel import previous_tunnel, resolve_tunnel
from landfall_apply.units import UnitState, unit_states
from landfall_apply.volume import mount_for_unit, ready_volume

DEFAULT_SITE = "/etc/nginx/sites-enabled/default"


class Application:
    """One run of the program."""

    def __init__(self, digest: str, plan: dict, store: Store, state: State, report: Report, unattended: bool) -> None:
        self.digest = digest
        self.plan = plan
        self.store = store
        self.state = state
        self.report = report
        self.unattended = unattended
        self.packages = Packages(report)

    def run(self) -> bool:
        """Applies the plan. Returns whether it is in force and every app healthy."""
        target = self.prepare()
        # A run before this one has switched, but has not found out whether the apps are healthy.
        unproved = self.state.switching
        if not unproved:
            # Left over when a run was cut off right after its end.
            forget_previous()
        units = self.units(target)
        changes = find_changes(target, self.state, units)
        gate = HealthGate(target.plan)
        apps = {app["name"] for app in target.plan["apps"]}
        if not changes.anything():
            problems = gate.wait(apps - gate.healthy_now(apps))
            if problems and unproved and self.can_go_back(target):
                return self.go_back(target, problems)
            return self.finish(target, problems, apps)

        check_staged(target, changes, self.report)
        affected = apps if unproved else changes.apps(target) & apps
        # An app that was ill before must not take the others' deployment with it.
        well = gate.healthy_now(apps - affected)
        try:
            said = switch(target, changes, self.state, self.report)
        except (Failure, OSError) as error:
            log = error.log if isinstance(error, Failure) else []
            return self.go_back(target, [problem(None, f"the switch was not finished: {error}", log)])
        self.report.step("waiting for the apps to become healthy")
        problems = gate.wait(affected | well)
        problems += [problem(None, f"systemctl: {text}", []) for text in said if problems]
        if problems and self.can_go_back(target):
            return self.go_back(target, problems)
        return self.finish(target, problems + gate.wait(apps - affected - well), apps)

    def can_go_back(self, target: Target) -> bool:
        """Not when the plan in force was only put right: that is what there would be to go back to."""
        return self.state.plan != target.digest or os.path.isdir(PREVIOUS)

    def prepare(self) -> Target:
        """Makes all that the plan needs without touching what runs."""
        check_debian(self.plan["debian"])
        # First: among them is what lets us into a host where all that follows fails.
        install_downloads(self.plan.get("downloads", []), self.packages, self.state, self.report)
        own_units = [unit["name"] for unit in self.plan["units"] if unit["app"] is None]
        self.packages.install(self.plan["packages"], own_units + masked_units(self.plan))
        if "nginx.service" in own_units:
            remove_quietly(DEFAULT_SITE)
        check_ids(self.plan["users"])
        make_users(self.plan["users"], self.report)
        make_directories(self.plan["directories"])
        credentials = self.credentials()
        environments = Environments(self.plan["debian"], self.packages, self.report)
        keys = {
            release["app"]: make_release(release, self.store, environments, self.report)
            for release in self.plan["releases"]
        }
        return make_target(self.digest, self.plan, credentials, keys)

    def credentials(self) -> list[TargetFile]:
        """All that comes from parameters: what may change while the plan stays the same."""
        return [
            *resolve_credentials(self.plan, self.store, self.report),
            *resolve_proofs(self.plan, self.store, self.report),
            *resolve_tunnel(self.plan, self.store),
        ]

    def units(self, target: Target) -> dict[str, UnitState]:
        return unit_states(sorted(target.told_units()))

    def finish(self, target: Target, problems: list[dict], apps: set[str]) -> bool:
        """The target is in force. Problems that are left are not of its making, but it is no success either."""
        note_success(target, self.state)
        forget_previous()
        for link in target.links.values():
            os.utime(f"{release_folder(link.app, link.digest)}/{COMPLETE}")
        clean(target)
        ill = ill_apps(problems)
        self.state.refused = None
        self.state.save()
        standing = get_certificates(self.plan, self.state, self.report, self.unattended)
        self.state.save()
        message = f"{len(apps)} apps healthy" if not ill else f"not healthy: {', '.join(sorted(ill))}"
        message += certificates_message(standing)
        apps_now = self.app_list(target, ill)
        self.report.end("failed" if ill else "applied", message, target.digest, problems, apps_now, standing)
        return not ill

    def go_back(self, target: Target, problems: list[dict]) -> bool:
        ill = ill_apps(problems)
        cause = f"not healthy: {', '.join(sorted(ill))}" if ill else problems[0]["message"]
        if self.state.plan is None:
            message = f"{cause}; there is no earlier plan to go back to"
            self.report.end("failed", message, None, problems, self.app_list(target, ill))
            return False
        # Written first: a run that is cut off while it goes back must not try the same again by itself.
        self.state.refused = refusal(target)
        self.state.save()
        self.report.step(f"{cause}; going back to plan {self.state.plan[:12]}")
        try:
            still_ill = self.restore()
        except (Failure, OSError) as error:
            message = f"{cause}; going back to plan {self.state.plan} failed: {error}"
            self.report.end("failed", message, self.state.plan, problems, self.app_list(target, ill))
            return False
        message = f"plan {target.digest[:12]} was taken back, {cause}"
        if still_ill:
            message += f"; not healthy after going back either: {', '.join(sorted(still_ill))}"
        self.report.end("reverted", message, self.state.plan, problems, self.apps_in_force(still_ill))
        return False

    def restore(self) -> set[str]:
        """Puts the plan in force in place again, with the secrets it had. Returns the apps that are not healthy."""
        previous = self.previous_target()
        changes = find_changes(previous, self.state, self.units(previous))
        switch(previous, changes, self.state, self.report)
        problems = HealthGate(previous.plan).wait(app["name"] for app in previous.plan["apps"])
        note_success(previous, self.state)
        forget_previous()
        return ill_apps(problems)

    def previous_target(self) -> Target:
        assert self.state.plan is not None
        plan = read_plan(plan_file(self.state.plan), self.state.plan)
        make_directories(plan["directories"])
        keys = {release["app"]: key_of(release) for release in plan["releases"]}
        values = [*previous_credentials(plan), *previous_proofs(plan), *previous_tunnel(plan)]
        return make_target(self.state.plan, plan, values, keys)

    def stay_refused(self, last: dict) -> bool:
        """The pointer still names the plan that was taken back: keep the one in force in order, and say so again."""
        still_ill = self.restore()
        message = last.get("message") or "the plan was taken back"
        self.report.end("reverted", message, self.state.plan, last.get("problems", []), self.apps_in_force(still_ill))
        return False

    def app_list(self, target: Target, ill: set[str]) -> list[dict]:
        return [
            {
                "name": link.app,
                "release": link.digest,
                "environment": link.environment or None,
                "healthy": link.app not in ill,
            }
            for link in target.links.values()
        ]

    def apps_in_force(self, ill: set[str]) -> list[dict]:
        return self.app_list(self.previous_target(), ill)


def ill_apps(problems: list[dict]) -> set[str]:
    return {found["app"] for found in problems if found["app"]}


def key_of(release: dict) -> str:
    """Key of the environment that a release on this host links to."""
    try:
        return os.path.basename(os.readlink(f"{release_folder(release['app'], release['digest'])}/env"))
    except FileNotFoundError:
        return ""


def refusal(target: Target) -> dict[str, str]:
    return {"plan": target.digest, "parameters": target.parameters_digest()}


def keep_plan(source: str, digest: str) -> None:
    """Keeps the plan on the host: what it may have to go back to one day."""
    path = plan_file(digest)
    if not os.path.exists(path):
        write_atomically(path, read_whole(source), 0o600, durable=True)


def take_lock(inherited: int | None) -> int:
    """One program at a time; the second waits. The bootstrap hands over the lock it has taken."""
    if inherited is not None:
        os.set_inheritable(inherited, False)
        return inherited
    descriptor = os.open(LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def parse_arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Applies a host plan.")
    parser.add_argument("--config", default="/etc/landfall/store.json", help="describes the store")
    parser.add_argument("--plan", required=True, help="file with the plan")
    parser.add_argument("--digest", required=True, help="SHA-256 of the plan")
    parser.add_argument("--lock-fd", type=int, help="descriptor of the lock that the caller holds")
    parser.add_argument("--unattended", action="store_true", help="do not try a plan again that was taken back")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    if argv[:1] == ["--mount-data-volume"]:
        return mount_for_unit(argv[1])
    options = parse_arguments(argv)
    os.umask(0o022)
    lock = take_lock(options.lock_fd)
    report = Report()
    last = report.last()
    applied = None
    try:
        state = load_state()
        applied = state.plan
        report.begin(options.digest, applied)
        plan = read_plan(options.plan, options.digest)
        keep_plan(options.plan, options.digest)
        ready_volume()
        application = Application(options.digest, plan, open_store(options.config), state, report, options.unattended)
        if options.unattended and is_refused(application):
            return 0 if application.stay_refused(last) else 1
        if not application.run():
            return 1
        applied, last = options.digest, report.last()
        enter_service(options.config)
        return 0
    except Failure as failure:
        return fail(report, str(failure), applied, last)
    except Exception as error:
        # A fault of this program or of the machine (disk full): its trace is the only thing that can explain it.
        return fail(report, f"unexpected {error!r}\n{traceback.format_exc()}", applied, last)
    finally:
        os.close(lock)


def fail(report: Report, message: str, applied: str | None, last: dict) -> int:
    report.end("failed", message, applied, [], last.get("apps", []))
    return 1


def is_refused(application: Application) -> bool:
    refused = application.state.refused
    if refused is None or refused["plan"] != application.digest or application.state.plan is None:
        return False
    without = {**application.plan, "files": [], "releases": []}
    target = make_target(application.digest, without, application.credentials(), {})
    return refused["parameters"] == target.parameters_digest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
