"""Whether the apps work: asked through the web server, as a client would."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from landfall_apply.greeting import ANSWER_LIMIT, ask_port
from landfall_apply.report import problem
from landfall_apply.target import NGINX
from landfall_apply.units import journal, unit_states

ASK_SECONDS = 2
# How often a unit may be started again before waiting for it is given up.
CRASHES = 3
# How long an app that cannot be asked has to stay up.
SETTLE_SECONDS = 2
WORKERS = 16


class Loopback(http.client.HTTPConnection):
    """HTTP, by TLS unless it is plain, to this machine under the name of a site, whatever that name resolves to."""

    def __init__(self, web: dict, timeout: float) -> None:
        super().__init__(web["host"], web.get("port", 443), timeout=timeout)
        self._web = web

    def connect(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        if "scheme" not in self._web:
            # The certificate may be a placeholder; who answers is known.
            self.sock = ssl._create_unverified_context().wrap_socket(self.sock, server_hostname=self.host)


def ask(check: dict, timeout: float = ASK_SECONDS) -> str:
    """Asks an app once. Returns what is wrong, or "" when it is healthy."""
    return ask_web(check, timeout) if check["web"] else ask_port(check, timeout)


def ask_web(check: dict, timeout: float) -> str:
    web = check["web"]
    what = f"GET {web.get('scheme', 'https')}://{web['host']}{web['path']}"
    connection = Loopback(web, timeout)
    try:
        connection.request("GET", web["path"], headers={"Host": web["host"], "User-Agent": "landfall-health"})
        answer = connection.getresponse()
        body = answer.read(ANSWER_LIMIT)
    except (OSError, http.client.HTTPException) as error:
        return f"{what}: {error or type(error).__name__}"
    finally:
        connection.close()
    if answer.status != web["status"]:
        return f"{what} answered {answer.status}, expected {web['status']}"
    if check["contains"] is not None and check["contains"].encode() not in body:
        return f"{what} answered {answer.status} without the text {check['contains']!r}"
    return ""


class HealthGate:
    """Waits for apps to become healthy."""

    def __init__(self, plan: dict) -> None:
        self._checks = {check["app"]: check for check in plan["health"]}
        self._services = {app["name"]: app["service"] for app in plan["apps"]}

    def healthy_now(self, apps: set[str]) -> set[str]:
        """The apps that answer well at once. An app that cannot be asked counts as well when its unit is active."""
        asked = sorted(app for app in apps if app in self._checks)
        with ThreadPoolExecutor(WORKERS) as pool:
            answers = dict(pool.map(lambda app: (app, ask(self._checks[app])), asked))
        services = [service for app in apps if (service := self._services[app]) and app not in self._checks]
        states = unit_states(services)
        return {
            app
            for app in apps
            if answers.get(app) == ""
            or (app not in answers and (not (unit := self._services[app]) or states[unit].active))
        }

    def wait(self, apps: Iterable[str]) -> list[dict]:
        """Waits for all of them at once, each as long as it is allowed to take. Returns the problems that are left."""
        names = sorted(apps)
        services = [service for name in names if (service := self._services[name])]
        before = {name: state.restarts for name, state in unit_states(services).items()}
        with ThreadPoolExecutor(WORKERS) as pool:
            return [found for found in pool.map(lambda name: self._wait_for(name, before), names) if found]

    def _wait_for(self, app: str, before: dict[str, int]) -> dict | None:
        check, service = self._checks.get(app), self._services[app]
        begun = time.monotonic()
        deadline = begun + (check["startSeconds"] if check else SETTLE_SECONDS)
        pause, patience, looked = 0.05, float(ASK_SECONDS), begun
        while True:
            wrong = ask(check, patience) if check else self._unsettled(service, before, begun)
            if not wrong:
                return None
            now = time.monotonic()
            if service and now - looked > 0.5:
                looked = now
                crashes = self._crashes(service, before)
                wrong = crashes or wrong
                if crashes:
                    deadline = now
            if now >= deadline:
                return problem(app, f"app {app} is not healthy: {wrong}", self._lines(check, service))
            time.sleep(pause)
            # Short at first, to notice a unit that keeps crashing; longer for an app that is slow to answer.
            pause, patience = min(pause * 1.5, 0.5), min(patience * 2, max(deadline - now, ASK_SECONDS))

    def _lines(self, check: dict | None, service: str | None) -> list[str]:
        """What the log says: the app's, and the web server's where that one is down or answers by itself."""
        lines = journal(service) if service else []
        if check and check["web"] and (not service or not unit_states([NGINX])[NGINX].active):
            lines += journal(NGINX)
        return lines

    def _unsettled(self, service: str | None, before: dict[str, int], begun: float) -> str:
        if service is None:
            return ""
        state = unit_states([service])[service]
        settled = time.monotonic() - begun >= SETTLE_SECONDS - 0.5
        if state.active and state.restarts == before[service] and settled:
            return ""
        return f"unit {service} is {state.activity}"

    def _crashes(self, service: str, before: dict[str, int]) -> str:
        state = unit_states([service])[service]
        grown = state.restarts - before[service]
        if grown < CRASHES:
            return ""
        return (
            f"unit {service} was started {grown} times and ended each time, last with exit status {state.exit_status}"
        )
