"""Asks AWS with the credentials of the instance's role, and reads objects of S3."""

import http.client
import json
import random
import re
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from landfall_apply.signature import Credentials, sign

# The instance metadata service's address on every instance (EC2 user guide, "Access instance metadata").
METADATA = "http://169.254.169.254"
METADATA_SECONDS = 2
REQUEST_SECONDS = 30
# Pauses before further attempts. Half a minute in all: as long as a new role may need until it counts everywhere.
PAUSES = (0.5, 1, 2, 4, 8, 16)
# What a later attempt may not meet again. 403: a policy that was attached a moment ago is not known everywhere yet.
PASSING = (403, 408, 409, 429, 500, 502, 503, 504)
PASSING_CODES = ("ThrottlingException", "TooManyUpdates", "RequestTimeout", "InternalServerError")
BLOCK = 1 << 20


class AwsError(OSError):
    """Why AWS did not give what it was asked for."""


class Refused(AwsError):
    """An answer that is an error, with AWS's code for it."""

    def __init__(self, what: str, status: int, code: str, message: str) -> None:
        super().__init__(f"{what}: {status} {code}{': ' if message else ''}{message}")
        self.status = status
        self.code = code

    def passes(self) -> bool:
        return self.status in PASSING or self.code in PASSING_CODES


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A signature is for one address, so an answer that names another one is an error."""

    def redirect_request(self, *_):
        return None


class Aws:
    """`config` is the description of an S3 store (components/host/apply/store.ts)."""

    def __init__(self, config: dict, pauses: tuple[float, ...] = PAUSES) -> None:
        self._config = config
        self.endpoints = config.get("endpoints") or {}
        self._pauses = pauses
        self._opener = urllib.request.build_opener(NoRedirects)
        # Never through a proxy: the metadata service is on the instance's own link.
        self._direct = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))
        self._metadata_token: str | None = None
        self._credentials: Credentials | None = None
        self._region: str | None = config["region"]
        self._domain: str | None = None

    def object(self, path: str):
        """An object of the store as an open file. It is whole: a transfer that was cut off is begun again."""
        key = self._config["prefix"] + path
        what = f"s3://{self._config['bucket']}/{key}"

        def fetch():
            endpoint = self.endpoints.get("s3") or f"https://{self._config['bucket']}.{self.host('s3')}"
            url = f"{endpoint.rstrip('/')}/{urllib.parse.quote(key)}"
            # S3 wants the digest of the payload as a header as well: here that of an empty one.
            empty = {"x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            with self.send(what, "GET", url, empty, b"", "s3") as answer:
                return whole_file(what, answer)

        try:
            return self.persist(fetch)
        except Refused as refused:
            if refused.code == "AccessDenied":
                raise AwsError(
                    f"{refused}; the role of this instance may not read it, or it is not there and the role may not "
                    "list the bucket"
                ) from None
            raise

    def read(self, path: str) -> bytes:
        with self.object(path) as file:
            return file.read()

    def send(self, what: str, method: str, url: str, headers: dict[str, str], payload: bytes, service: str):
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        signed = sign(method, url, headers, payload, self._role(), self._in_region(), service, now)
        # urllib sets this one itself.
        signed.pop("host")
        request = urllib.request.Request(url, payload or None, signed, method=method)
        try:
            return self._opener.open(request, timeout=REQUEST_SECONDS)
        except urllib.error.HTTPError as error:
            with error:
                raise refusal_of(what, error.code, error.read(BLOCK)) from None

    def persist(self, attempt):
        """The result of an attempt, of which several are made while what is wrong may pass."""
        for pause in (*self._pauses, None):
            try:
                return attempt()
            except Refused as refused:
                if pause is None or not refused.passes():
                    raise
                # The role may have others by now.
                self._credentials = None
            except (OSError, http.client.HTTPException) as error:
                if pause is None:
                    raise AwsError(f"{error or type(error).__name__}") from None
            # Hosts that were started together do not ask again together.
            time.sleep(pause * random.uniform(0.75, 1.25))

    def host(self, service: str) -> str:
        """`s3.eu-central-1.amazonaws.com`; another domain in China."""
        if self._domain is None:
            self._domain = self._metadata("meta-data/services/domain")
        return f"{service}.{self._in_region()}.{self._domain}"

    def _in_region(self) -> str:
        if self._region is None:
            self._region = self._metadata("meta-data/placement/region")
        return self._region

    def _role(self) -> Credentials:
        """The role's credentials. They hold for hours, a run for minutes, so they are asked for once."""
        if self._credentials is None:
            role = self._metadata("meta-data/iam/security-credentials/").split("\n")[0]
            found = json.loads(self._metadata(f"meta-data/iam/security-credentials/{urllib.parse.quote(role)}"))
            if found.get("Code") != "Success":
                raise AwsError(f"the metadata service has no credentials of role {role}: {found.get('Code')}")
            self._credentials = Credentials(found["AccessKeyId"], found["SecretAccessKey"], found["Token"])
        return self._credentials

    def _metadata(self, path: str) -> str:
        if self._metadata_token is None:
            lifetime = {"x-aws-ec2-metadata-token-ttl-seconds": "21600"}
            self._metadata_token = self._ask_metadata("PUT", "api/token", lifetime)
        return self._ask_metadata("GET", path, {"x-aws-ec2-metadata-token": self._metadata_token})

    def _ask_metadata(self, method: str, path: str, headers: dict[str, str]) -> str:
        url = f"{(self.endpoints.get('metadata') or METADATA).rstrip('/')}/latest/{path}"
        request = urllib.request.Request(url, headers=headers, method=method)
        try:
            with self._direct.open(request, timeout=METADATA_SECONDS) as answer:
                return answer.read(BLOCK).decode().strip()
        except urllib.error.HTTPError as error:
            error.close()
            missing = error.code == 404 and "security-credentials" in path
            reason = "the instance has no role" if missing else f"answered {error.code}"
            raise AwsError(f"the instance metadata service, {path}: {reason}") from None
        except OSError as error:
            raise AwsError(f"the instance metadata service cannot be reached: {error}") from None


def whole_file(what: str, answer):
    """The body of an answer as a file, positioned at its start."""
    file = tempfile.TemporaryFile()
    received = 0
    while block := answer.read(BLOCK):
        received += len(block)
        file.write(block)
    length = answer.headers["content-length"]
    if length is not None and received != int(length):
        file.close()
        raise OSError(f"{what}: only {received} of {length} bytes came")
    file.seek(0)
    return file


def refusal_of(what: str, status: int, body: bytes) -> Refused:
    """AWS's code and message: XML from S3, JSON from Systems Manager. The rest of the body may hold what was signed."""
    text = body.decode("utf-8", "replace")
    try:
        said = json.loads(text)
        code, message = said["__type"].rpartition("#")[2], said.get("message") or said.get("Message") or ""
    except (ValueError, KeyError, TypeError, AttributeError):
        code, message = (
            (re.search(f"<{tag}>([^<]*)</{tag}>", text) or ("", ""))[1] for tag in ("Code", "Message")
        )
    return Refused(what, status, code, message)
