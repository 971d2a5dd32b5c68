"""Python environments, shared by the releases that ask for the same one."""

import ast
import os
import shutil

from landfall_apply.canonical import environment_key
from landfall_apply.command import run
from landfall_apply.packages import Packages
from landfall_apply.paths import CA_BUNDLE, INSTALL_ROOT, environment_folder
from landfall_apply.report import Failure, Report

UV_VERSION = "0.13.8"
UV_FOLDER = f"{INSTALL_ROOT}/uv/{UV_VERSION}"
UV_CACHE = "/var/cache/landfall/uv"
UV_CONFIG = "/etc/uv/uv.toml"
COMPLETE_ENVIRONMENT = ".complete"
# Lines of a requirements file that make its meaning depend on other files, which the key would not see.
LOCAL_LINES = ("-r", "--requirement", "-c", "--constraint", "-e", "--editable", ".", "/", "file:")


class Environments:
    """Makes environments; what that needs is put there when the first one is made."""

    def __init__(self, debian: int, packages: Packages, report: Report) -> None:
        self._debian = debian
        self._packages = packages
        self._report = report

    def make(self, release: dict, code: str) -> str:
        """Makes the environment of a release unless it is there, and returns its key."""
        python = release["python"]
        requirements = read_requirements(release["app"], code, python["requirements"])
        key = environment_key(self._debian, python["packages"], requirements)
        if python["key"] not in (None, key):
            said = f"its environment has key {key}, the plan says {python['key']}"
            raise Failure(f"app {release['app']}: {said}; plan again")
        folder = environment_folder(key)
        if os.path.exists(f"{folder}/{COMPLETE_ENVIRONMENT}"):
            return key
        self._packages.install(python["buildPackages"])
        install_uv(self._report)
        self._report.step(f"{release['app']}: building Python environment {key[:12]}")
        try:
            self._build(folder, python["packages"], requirements)
        except Failure as failure:
            raise Failure(f"app {release['app']}: its Python environment cannot be built: {failure}") from None
        return key

    def _build(self, folder: str, packages: list[str], requirements: str) -> None:
        # Scripts of an environment carry its path, so it is built in place; the stamp says that it is whole.
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.dirname(folder), mode=0o755, exist_ok=True)
        self._uv("venv", "--quiet", "--python", "/usr/bin/python3", folder)
        given = f"{folder}/requirements.txt"
        with open(given, "w", encoding="utf-8") as file:
            file.write(requirements)
        install = ["pip", "install", "--quiet", "--compile-bytecode", "--python", f"{folder}/bin/python"]
        if requirements or packages:
            self._uv(*install, "--requirement", given, "--", *packages)
        with open(f"{folder}/{COMPLETE_ENVIRONMENT}", "w", encoding="utf-8"):
            pass

    def _uv(self, *words: str) -> None:
        settings = {
            "UV_CACHE_DIR": UV_CACHE,
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_NO_PROGRESS": "1",
            "SSL_CERT_FILE": CA_BUNDLE,
            **index_settings(self._report),
        }
        run([f"{UV_FOLDER}/bin/uv", *words], environment=settings, timeout=1800, dies_with_us=True)


def read_requirements(app: str, code: str, path: str | None) -> str:
    if path is None:
        return ""
    try:
        with open(os.path.join(code, path), encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"app {app}: its requirements file {path!r} cannot be read: {error}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith(LOCAL_LINES):
            raise Failure(
                f"app {app}: {path} line {number} ({line.strip()!r}) names another file; write its content into "
                "this one, by whose text environments are shared"
            )
    return text


def install_uv(report: Report) -> None:
    if os.path.exists(f"{UV_FOLDER}/{COMPLETE_ENVIRONMENT}"):
        return
    report.step(f"installing uv {UV_VERSION}")
    shutil.rmtree(UV_FOLDER, ignore_errors=True)
    run(["python3", "-m", "venv", UV_FOLDER], dies_with_us=True)
    pip = [f"{UV_FOLDER}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    run([*pip, f"uv=={UV_VERSION}"], timeout=600, dies_with_us=True)
    with open(f"{UV_FOLDER}/{COMPLETE_ENVIRONMENT}", "w", encoding="utf-8"):
        pass


def index_settings(report: Report) -> dict[str, str]:
    """Mirrors: uv does not read pip's settings, so they are handed on where uv has none of its own."""
    own = [name for name in os.environ if name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_CONFIG_FILE")]
    if own or os.path.exists(UV_CONFIG):
        return {}
    listed = run([f"{UV_FOLDER}/bin/pip", "config", "list"], check=False)
    return uv_settings(listed.stdout, report) if listed.returncode == 0 else {}


def uv_settings(pip_config: str, report: Report) -> dict[str, str]:
    """uv's environment variables for the output of `pip config list`. Addresses may hold a password: never shown."""
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
    settings: dict[str, str] = {}
    for line in pip_config.splitlines():
        name, _, quoted = line.partition("=")
        variable = names.get(name.rpartition(".")[2])
        if variable is None:
            continue
        addresses = str(ast.literal_eval(quoted)).split()
        for address in addresses:
            report.redactor.hide(address, "package index")
        # uv separates find-links by commas, indexes by spaces.
        settings[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(addresses)
    return settings
