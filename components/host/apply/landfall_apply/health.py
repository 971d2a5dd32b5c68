"""Whether the apps work: asked through the web server, as a client would."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from landfall_apply.greeting import ANSWER_LIMIT, ask_port
from landfall_apply.report import problem
from landfall_apply.target import services_of, web_server
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
        self._web = web_server(plan)["unit"]
        self._services = services_of(plan)

    def healthy_now(self, apps: set[str]) -> set[str]:
        """The apps that answer well at once. An app that cannot be asked counts as well when its unit is active."""
        asked = sorted(app for app in apps if app in self._checks)
        with ThreadPoolExecutor(WORKERS) as pool:
            answers = dict(pool.map(lambda app: (app, ask(self._checks[app])), asked))
        states = unit_states([unit for app in apps if app not in self._checks for unit in self._services[app]])
        return {
            app
            for app in apps
            if answers.get(app) == ""
            or (app not in answers and all(states[unit].active for unit in self._services[app]))
        }

    def wait(self, apps: Iterable[str]) -> list[dict]:
        """Waits for all of them at once, each as long as it is allowed to take. Returns the problems that are left."""
        names = sorted(apps)
        services = [service for name in names for service in self._services[name]]
        before = {name: state.restarts for name, state in unit_states(services).items()}
        with ThreadPoolExecutor(WORKERS) as pool:
            return [found for found in pool.map(lambda name: self._wait_for(name, before), names) if found]

    def _wait_for(self, app: str, before: dict[str, int]) -> dict | None:
        check, services = self._checks.get(app), self._services[app]
        begun = time.monotonic()
        deadline = begun + (check["startSeconds"] if check else SETTLE_SECONDS)
        pause, patience, looked = 0.05, float(ASK_SECONDS), begun
        while True:
            wrong = ask(check, patience) if check else ""
            # One instance of several that answers says nothing about the others.
            if not wrong and (not check or len(services) > 1):
                wrong = self._unsettled(services, None if check else before, begun)
            if not wrong:
                return None
            now = time.monotonic()
            if services and now - looked > 0.5:
                looked = now
                crashes = self._crashes(services, before)
                wrong = crashes or wrong
                if crashes:
                    deadline = now
            if now >= deadline:
                return problem(app, f"app {app} is not healthy: {wrong}", self._lines(check, services, before))
            time.sleep(pause)
            # Short at first, to notice a unit that keeps crashing; longer for an app that is slow to answer.
            pause, patience = min(pause * 1.5, 0.5), min(patience * 2, max(deadline - now, ASK_SECONDS))

    def _lines(self, check: dict | None, services: tuple[str, ...], before: dict[str, int]) -> list[str]:
        """What the log says: the app's, and the web server's where that one is down or answers by itself."""
        states = unit_states(list(services))
        # Of several instances, the one that fares worst.
        worst = sorted(services, key=lambda name: (states[name].active, before[name] - states[name].restarts))
        lines = journal(worst[0]) if worst else []
        if check and check["web"] and (not services or not unit_states([self._web])[self._web].active):
            lines += journal(self._web)
        return lines

    def _unsettled(self, services: tuple[str, ...], before: dict[str, int] | None, begun: float) -> str:
        """`before`: restarts that there are to be no more of, where nothing else shows that the app works."""
        settled = time.monotonic() - begun >= SETTLE_SECONDS - 0.5
        for service, state in unit_states(list(services)).items():
            steady = before is None or state.restarts == before[service]
            if not (state.active and steady and settled):
                return f"unit {service} is {state.activity}"
        return ""

    def _crashes(self, services: tuple[str, ...], before: dict[str, int]) -> str:
        for service, state in unit_states(list(services)).items():
            grown = state.restarts - before[service]
            if grown >= CRASHES:
                times = f"was started {grown} times and ended each time"
                return f"unit {service} {times}, last with exit status {state.exit_status}"
        return ""
