"""Where the host finds code and parameters."""

import json
import os
from typing import Protocol

from landfall_apply.atomic import read_or_none
from landfall_apply.aws import Aws, AwsError
from landfall_apply.parameters import read_parameters
from landfall_apply.report import Failure


class Store(Protocol):
    def open_code(self, digest: str): ...

    def parameter(self, name: str) -> bytes | None: ...


class FolderStore:
    """A folder of the host: a read-only mount of the local machine, or filled over SSH."""

    def __init__(self, path: str, parameters: str) -> None:
        self._path = path
        self._parameters = parameters

    def open_code(self, digest: str):
        """The compressed archive, open for reading."""
        path = os.path.join(self._path, "code", f"{digest}.tar.gz")
        try:
            return open(path, "rb")
        except FileNotFoundError:
            raise Failure(f"the store has no code {digest} ({path}); upload it before the plan that needs it") from None

    def parameter(self, name: str) -> bytes | None:
        return read_or_none(os.path.join(self._parameters, *name.split("/")))


class S3Store:
    """A bucket of S3, with parameters of Systems Manager."""

    def __init__(self, config: dict) -> None:
        self._aws = Aws(config)
        self._path = config["parameters"]
        self._parameters: dict[str, bytes] | None = None

    def open_code(self, digest: str):
        try:
            return self._aws.object(f"code/{digest}.tar.gz")
        except AwsError as error:
            raise Failure(f"the store does not give code {digest}: {error}") from None

    def parameter(self, name: str) -> bytes | None:
        # All of them at once, so that one run sees one state of them.
        if self._parameters is None:
            try:
                self._parameters = read_parameters(self._aws, self._path)
            except AwsError as error:
                raise Failure(f"the parameters cannot be read: {error}") from None
        return self._parameters.get(name)


def open_store(config_file: str) -> Store:
    try:
        with open(config_file, encoding="utf-8") as file:
            config = json.load(file)
        if config["kind"] == "folder":
            return FolderStore(config["path"], config["parameters"])
        if config["kind"] == "s3":
            return S3Store(config)
    except (OSError, ValueError, KeyError) as error:
        raise Failure(f"{config_file} does not describe a store: {error!r}") from None
    raise Failure(f"{config_file} names a store of kind {config['kind']!r}; this program knows: folder, s3")
