"""Certificates from an authority that speaks ACME, by certbot. Until the first one is there, a placeholder stands in."""

import os
import re
import time
from collections.abc import Callable, Iterable

from landfall_apply.atomic import read_or_none
from landfall_apply.certificate_names import asked_names, is_for, name_words
from landfall_apply.command import run
from landfall_apply.report import Failure, Report, timestamp
from landfall_apply.state import State
from landfall_apply.target import has_web_server, tls_server
from landfall_apply.webserver import wait_for_reload, web_workers

LETSENCRYPT = "/etc/letsencrypt"
# The web server reads certificates from here, each in a folder of its domain (components/host/tls).
SERVED = "/etc/landfall/tls"
PAIR = ("fullchain.pem", "privkey.pem")
# It answers challenges from here (components/host/nginx/site.ts).
WEBROOT = "/var/lib/landfall/acme"
# The deploy hook of the plan (components/host/tls/acme.ts).
DEPLOY_HOOK = f"{LETSENCRYPT}/renewal-hooks/deploy/landfall"
# Set for what we start while we hold the lock that the deploy hook waits for otherwise.
HOLDS_LOCK = {"LANDFALL_HOLDS_LOCK": "1"}
CERTBOT_SECONDS = 180
# Let's Encrypt allows 5 failed validations of a name in an hour and pauses names that fail for weeks
# (letsencrypt.org/docs/rate-limits): four attempts in the first hours, then two a day.
FIRST_PAUSE = 15 * 60
LONGEST_PAUSE = 12 * 3600


def get_certificates(plan: dict, state: State, report: Report, unattended: bool) -> list[dict]:
    """
    Gets what is missing and returns how each certificate stands. An authority that fails is no failure of ours: apps
    answer with the placeholder, and the next runs ask again, less and less often when nobody waits for them.
    """
    acme = plan.get("acme")
    asked = asked_names(plan) if acme else {}
    forget_certificates(asked.keys(), state, report)
    if acme is None:
        return []
    for domain in sorted(state.uncertified.keys() - asked.keys()):
        del state.uncertified[domain]
    unit = tls_server(plan)["unit"]
    standing = []
    for domain, names in asked.items():
        known = state.uncertified.get(domain)
        if is_issued(names, plan):
            state.uncertified.pop(domain, None)
            problem = served_anew(unit, domain, lambda: deploy(domain))
        elif unattended and known is not None and time.time() < known["askAgain"]:
            problem = known["problem"]
        else:
            report.step(f"{domain}: asking {acme['directory']} for a certificate")
            problem = served_anew(unit, domain, lambda: ask_authority(names, plan) or deploy(domain))
            note_answer(state, domain, problem)
            report.step(f"{domain}: {problem or 'certificate issued'}")
        standing.append(standing_of(domain, is_issued(names, plan), problem))
    return standing


def forget_certificates(asked: Iterable[str], state: State, report: Report) -> None:
    """
    Removes what certbot has for domains that the plan knows no more, keys as well: its timer would ask for them for ever,
    and fail for a domain that leads elsewhere by now. Only what was asked for by us; others may use certbot, too.
    """
    gone = set(state.certified) - set(asked)
    for domain in sorted(gone):
        if os.path.exists(f"{LETSENCRYPT}/renewal/{domain}.conf"):
            report.step(f"{domain}: its certificate is forgotten")
            argv = ["certbot", "delete", "--non-interactive", "--cert-name", domain]
            if run(argv, timeout=CERTBOT_SECONDS, check=False).returncode != 0:
                continue  # as another certbot runs: the next run of ours does it
        gone.remove(domain)
    state.certified = sorted({*asked, *gone})


def served_anew(unit: str, domain: str, get: Callable[[], str]) -> str:
    """Gets a certificate, and waits until the web server answers with it. Returns why it does not, or ""."""
    path = f"{SERVED}/{domain}/{PAIR[0]}"
    served, workers = read_or_none(path), web_workers(unit)
    problem = get()
    if problem or read_or_none(path) == served:
        return problem
    try:
        wait_for_reload(unit, workers)
    except Failure as failure:
        return f"the certificate is not served: {failure}"
    return ""


def is_issued(names: list[str], plan: dict) -> bool:
    """Whether certbot has a certificate for the names, of that authority and no other, and renews it in this server's way."""
    domain = names[0]
    if not is_for(f"{LETSENCRYPT}/live/{domain}/fullchain.pem", names):
        return False
    settings = (read_or_none(f"{LETSENCRYPT}/renewal/{domain}.conf") or b"").decode("utf-8", "replace")
    found = dict(re.findall(r"^(server|authenticator) *= *(\S+)$", settings, re.M))
    return found == {"server": plan["acme"]["directory"], "authenticator": challenge_way(plan)[0].removeprefix("--")}


def challenge_way(plan: dict) -> list[str]:
    """How challenges are answered. Where there is no web server, certbot has the port for itself."""
    port = tls_server(plan).get("challengePort")
    if port:
        return ["--standalone", "--http-01-address", "127.0.0.1", "--http-01-port", str(port)]
    return ["--webroot", "--webroot-path", WEBROOT] if has_web_server(plan) else ["--standalone"]


def ask_authority(names: list[str], plan: dict) -> str:
    """Has certbot get a certificate, under the first of its names. Returns why it could not, or ""."""
    domain, acme = names[0], plan["acme"]
    account = ["--email", acme["email"]] if acme["email"] else ["--register-unsafely-without-email"]
    # A certificate of another authority is replaced, however long it would hold.
    again = ["--force-renewal"] if os.path.exists(f"{LETSENCRYPT}/renewal/{domain}.conf") else []
    named = ["--cert-name", domain, *name_words(names)]
    how = [*challenge_way(plan), "--server", acme["directory"], "--key-type", "ecdsa"]
    argv = ["certbot", "certonly", "--non-interactive", "--agree-tos", *how, *named, *account, *again]
    try:
        ended = run(argv, environment=HOLDS_LOCK, timeout=CERTBOT_SECONDS, check=False)
    except Failure as failure:
        return str(failure).splitlines()[0]
    return "" if ended.returncode == 0 else reason_of(ended.stdout)


def reason_of(output: str) -> str:
    """The authority's own words in what certbot prints, else its last line that is not about where its log is."""
    said = re.search(r"^\s*Detail: (.+)$", output, re.M)
    if said:
        return f"no certificate yet: {said[1]}"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    kept = [line for line in lines if not re.match(r"Saving debug log|Ask for help|See the logfile", line)]
    return f"no certificate yet: {kept[-1] if kept else 'certbot failed without a word'}"


def deploy(domain: str) -> str:
    """Hands the certificate to the web server unless it has it. certbot 2 does not run its hooks at the first issue."""
    issued, served = f"{LETSENCRYPT}/live/{domain}", f"{SERVED}/{domain}"
    if all(read_or_none(f"{issued}/{name}") == read_or_none(f"{served}/{name}") for name in PAIR):
        return ""
    ended = run([DEPLOY_HOOK], environment={**HOLDS_LOCK, "RENEWED_LINEAGE": issued}, check=False)
    return "" if ended.returncode == 0 else f"the certificate cannot be used: {ended.stdout.strip()}"



def note_answer(state: State, domain: str, problem: str) -> None:
    if not problem:
        state.uncertified.pop(domain, None)
        return
    failures = state.uncertified.get(domain, {}).get("failures", 0) + 1
    pause = min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
    state.uncertified[domain] = {"failures": failures, "problem": problem, "askAgain": time.time() + pause}


def standing_of(domain: str, issued: bool, problem: str) -> dict:
    dates = ["openssl", "x509", "-noout", "-dates", "-dateopt", "iso_8601", "-in", f"{SERVED}/{domain}/{PAIR[0]}"]
    found = dict(line.split("=", 1) for line in run(dates).stdout.splitlines() if "=" in line)
    begins, ends = (found[name].replace(" ", "T") for name in ("notBefore", "notAfter"))
    if issued and not problem and is_late(begins, ends, timestamp()):
        problem = f"certbot has not renewed the certificate, which ends {ends}; see /var/log/letsencrypt"
    return {"domain": domain, "issued": issued, "notAfter": ends if issued else None, "problem": problem or None}


def is_late(begins: str, ends: str, now: str) -> bool:
    """certbot renews when a third of the time is left; less than a sixth means that it has failed for long."""
    start, end, present = (time.mktime(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ")) for moment in (begins, ends, now))
    return end - present < (end - start) / 6


def certificates_message(standing: list[dict]) -> str:
    """What is added to the message of an apply."""
    return "".join(f"; {one['domain']}: {one['problem']}" for one in standing if one["problem"])
