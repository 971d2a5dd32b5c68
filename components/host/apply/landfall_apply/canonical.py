"""The same text and digest for the same value as components/host/digest.ts."""

import hashlib
import json


def canonical_json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def environment_key(debian: int, packages: list[str], requirements: str) -> str:
    # JavaScript sorts by UTF-16 units.
    ordered = sorted(packages, key=lambda name: name.encode("utf-16-be"))
    return sha256(canonical_json([debian, ordered, requirements]).encode())
