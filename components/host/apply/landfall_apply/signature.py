"""Signs requests to AWS: Signature Version 4, as its documentation describes it."""

import hashlib
import hmac
import urllib.parse
from dataclasses import dataclass

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Credentials:
    key_id: str
    secret: str
    # Temporary credentials, such as those of a role, come with one.
    token: str | None = None


def sign(
    method: str, url: str, headers: dict[str, str], payload: bytes, who: Credentials, region: str, service: str, now: str
) -> dict[str, str]:
    """
    The headers of a request with its signature. All headers given are signed. The path of the URL is taken as it is,
    encoded by the caller; `now` looks like 20150830T123600Z.
    """
    parts = urllib.parse.urlsplit(url)
    headers = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    headers |= {"host": parts.netloc, "x-amz-date": now}
    if who.token is not None:
        headers["x-amz-security-token"] = who.token
    names = ";".join(sorted(headers))
    canonical = [
        method,
        parts.path or "/",
        canonical_query(parts.query),
        *(f"{name}:{headers[name]}" for name in sorted(headers)),
        "",
        names,
        hashlib.sha256(payload).hexdigest(),
    ]
    scope = f"{now[:8]}/{region}/{service}/aws4_request"
    request = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    key = f"AWS4{who.secret}".encode()
    for part in scope.split("/"):
        key = hmac_sha256(key, part)
    signature = hmac_sha256(key, "\n".join((ALGORITHM, now, scope, request))).hex()
    said = f"{ALGORITHM} Credential={who.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": said}


def hmac_sha256(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def canonical_query(query: str) -> str:
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
    encoded = [tuple(urllib.parse.quote(text, safe="-_.~") for text in pair) for pair in pairs]
    return "&".join("=".join(pair) for pair in sorted(encoded))
