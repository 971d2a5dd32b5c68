"""The names of certificates that are for more than their domain, and those that no authority is asked for."""

import re

from landfall_apply.command import run


def asked_names(plan: dict) -> dict[str, list[str]]:
    """By domain, the names that a certificate is asked for; the domain is the first."""
    return {
        certificate["domain"]: [certificate["domain"], *certificate.get("names", [])]
        for certificate in plan["certificates"]
        if certificate["parameter"] is None and "selfSigned" not in certificate
    }


def is_for(path: str, names: list[str]) -> bool:
    """Whether there is a certificate for these names and no others."""
    said = run(["openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", path], check=False).stdout
    return set(re.findall(r"DNS:([^,\s]+)", said)) == set(names)


def name_words(names: list[str]) -> list[str]:
    """The names as certbot takes them. Other names than before are no other certificate."""
    return ["--renew-with-new-domains", "--domain", ",".join(names)]
