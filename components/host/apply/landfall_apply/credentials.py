"""Secrets and certificates: from parameters, kept from before, or made here."""

import json
import os
import pwd
import re
import secrets
import shutil
import tempfile

from landfall_apply.atomic import read_or_none
from landfall_apply.command import run
from landfall_apply.paths import PREVIOUS
from landfall_apply.report import Failure, Report
from landfall_apply.store import Store
from landfall_apply.target import TargetFile, has_web_server, services_of, tls_server

GENERATED_BYTES = 32
# Long enough to outlive any wait for the real one; browsers do not trust it anyway.
PLACEHOLDER_DAYS = "3650"


def resolve_credentials(plan: dict, store: Store, report: Report) -> list[TargetFile]:
    """Everything missing is named at once."""
    found: list[TargetFile] = []
    missing: list[str] = []
    services = services_of(plan)
    for secret in plan["secrets"]:
        value = secret_value(secret, store)
        if value is None:
            missing.append(f"{secret['parameter']} (secret {secret['name']!r} of app {secret['app']!r})")
            continue
        report.redactor.hide(value.decode("utf-8", "replace"), f"secret {secret['name']}")
        found.append(secret_file(secret, value, services))
    if missing:
        raise Failure(f"no value for {', '.join(missing)}; set it, or let the host make it up with `generate`")
    for certificate in plan["certificates"]:
        found += certificate_files(plan, certificate, *certificate_pair(certificate, store, report))
    return found


def secret_value(secret: dict, store: Store) -> bytes | None:
    value = store.parameter(secret["parameter"])
    if value is None and secret["generate"]:
        # Kept for good: sessions and data signed with it stay valid.
        value = read_or_none(secret["path"]) or secrets.token_hex(GENERATED_BYTES).encode()
    return value


def secret_file(secret: dict, value: bytes, services: dict[str, tuple[str, ...]]) -> TargetFile:
    """A secret of the web server names its unit: it is no app's."""
    unit = secret.get("unit")
    units = (unit,) if unit else services.get(secret["app"], ())
    return TargetFile(secret["path"], value, 0o600, 0, 0, "restart", units, sensitive=True, kept=secret["generate"])


def certificate_files(plan: dict, certificate: dict, fullchain: bytes, key: bytes) -> list[TargetFile]:
    folder, server = certificate["folder"], tls_server(plan)
    contents = (("fullchain.pem", fullchain, 0o644), ("privkey.pem", key, 0o600))
    # What the host got by itself is renewed by itself: who has it is told then.
    kept = certificate["parameter"] is None
    own = kept and "selfSigned" not in certificate
    units = (server["unit"],) if has_web_server(plan) else ()
    told = ("none", ()) if own else ("reload", units, tuple(certificate.get("restarts", ())))
    files = [
        TargetFile(f"{folder}/{name}", content, mode, 0, 0, *told, sensitive=True, kept=kept, own=own)
        for name, content, mode in contents
    ]
    if "combined" not in certificate:
        return files
    owner = pwd.getpwnam(server["certificateOwner"])
    ids = owner.pw_uid, owner.pw_gid
    return [*files, TargetFile(certificate["combined"], key + fullchain, 0o600, *ids, "reload", units, sensitive=True)]


def certificate_pair(certificate: dict, store: Store, report: Report) -> tuple[bytes, bytes]:
    """Chain and key: the parameter's, else the ones that are there, else a placeholder, so that the web server can start."""
    parameter = certificate["parameter"]
    present = [read_or_none(f"{certificate['folder']}/{name}.pem") for name in ("fullchain", "privkey")]
    given = store.parameter(parameter) if parameter else None
    if given is not None:
        pair = parse_pair(given, parameter)
        if list(pair) != present:
            check_pair(*pair, parameter)
        return pair
    if present[0] is not None and present[1] is not None and not is_outdated(certificate):
        return present[0], present[1]
    kind = "self-signed" if "selfSigned" in certificate else "placeholder"
    report.step(f"{certificate['domain']}: making a {kind} certificate")
    return make_placeholder(certificate)


def parse_pair(given: bytes, parameter: str) -> tuple[bytes, bytes]:
    try:
        value = json.loads(given)
        return value["fullchain"].encode(), value["privkey"].encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        # The value holds a private key, so not even the parser's words about it are shown.
        raise Failure(f"parameter {parameter} is not a JSON object with the texts `fullchain` and `privkey`") from None


def check_pair(fullchain: bytes, key: bytes, parameter: str) -> None:
    with tempfile.TemporaryDirectory(prefix="landfall-", dir="/run") as folder:
        for name, content in (("fullchain.pem", fullchain), ("privkey.pem", key)):
            with open(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(content)
        of_certificate = run(["openssl", "x509", "-in", f"{folder}/fullchain.pem", "-noout", "-pubkey"], check=False)
        of_key = run(["openssl", "pkey", "-in", f"{folder}/privkey.pem", "-pubout", "-passin", "pass:"], check=False)
    for result, what in (
        (of_certificate, "fullchain: not a certificate"),
        (of_key, "privkey: not a key without passphrase"),
    ):
        if result.returncode != 0:
            raise Failure(f"parameter {parameter}, {what}, in PEM format")
    if of_certificate.stdout != of_key.stdout:
        raise Failure(f"parameter {parameter}: privkey does not belong to the first certificate of fullchain")


def is_outdated(certificate: dict) -> bool:
    """Whether what is there in place of a self-signed certificate is somebody else's, or for other names."""
    if "selfSigned" not in certificate:
        return False
    path = f"{certificate['folder']}/fullchain.pem"
    said = run(["openssl", "x509", "-noout", "-issuer", "-ext", "subjectAltName", "-in", path], check=False).stdout
    names = {certificate["domain"], *certificate.get("names", [])}
    return "Landfall" not in said or set(re.findall(r"DNS:([^,\s]+)", said)) != names


def make_placeholder(certificate: dict) -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory(prefix="landfall-", dir="/run") as folder:
        # The common name has at most 64 characters; clients look at the alternative name only.
        request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        alternative = ",DNS:".join([certificate["domain"], *certificate.get("names", [])])
        names = ["-subj", "/CN=Landfall placeholder", "-addext", f"subjectAltName=DNS:{alternative}"]
        files = ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
        run([*request, *names, *files, "-days", PLACEHOLDER_DAYS])
        return read_whole(f"{folder}/fullchain.pem"), read_whole(f"{folder}/privkey.pem")


def read_whole(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def keep_previous(files: list[TargetFile]) -> None:
    """Copies aside the values that are about to be replaced. A copy of an interrupted switch is older: it stays."""
    for file in files:
        aside = PREVIOUS + file.path
        content = read_or_none(file.path)
        if file.sensitive and content is not None and not os.path.exists(aside):
            os.makedirs(PREVIOUS, mode=0o700, exist_ok=True)
            os.makedirs(os.path.dirname(aside), mode=0o700, exist_ok=True)
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as copy:
                copy.write(content)


def aside_or_present(path: str) -> bytes | None:
    """A value as it was before the switch, which may not have replaced it."""
    aside = read_or_none(PREVIOUS + path)
    return read_or_none(path) if aside is None else aside


def previous_credentials(plan: dict) -> list[TargetFile]:
    """Secrets and certificates as they were before the switch."""
    services = services_of(plan)
    found: list[TargetFile] = []
    for secret in plan["secrets"]:
        content = aside_or_present(secret["path"])
        if content is not None:
            found.append(secret_file(secret, content, services))
    for certificate in plan["certificates"]:
        chain, key = (aside_or_present(f"{certificate['folder']}/{name}.pem") for name in ("fullchain", "privkey"))
        if chain is not None and key is not None:
            found += certificate_files(plan, certificate, chain, key)
    return found


def forget_previous() -> None:
    shutil.rmtree(PREVIOUS, ignore_errors=True)
