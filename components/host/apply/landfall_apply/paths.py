"""Where the apply program keeps things. The folders of apps are in components/app/paths.ts; both agree."""

INSTALL_ROOT = "/opt/landfall"
ENVIRONMENTS = f"{INSTALL_ROOT}/environments"
STATE_FOLDER = "/var/lib/landfall"
STATUS_FILE = f"{STATE_FOLDER}/status.json"
STATE_FILE = f"{STATE_FOLDER}/state.json"
PLANS = f"{STATE_FOLDER}/plans"
# Values that a switch replaces, kept until the new ones have proved themselves.
PREVIOUS = f"{STATE_FOLDER}/previous"
LOG_FILE = "/var/log/landfall/apply.log"
LOCK_FILE = "/run/landfall-apply.lock"
# Only one program applies at a time, so a fixed folder is enough and an interrupted run's is found again.
STAGE = "/run/landfall-stage"
CA_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def app_folder(app: str) -> str:
    return f"{INSTALL_ROOT}/apps/{app}"


def release_folder(app: str, digest: str) -> str:
    return f"{app_folder(app)}/releases/{digest}"


def environment_folder(key: str) -> str:
    return f"{ENVIRONMENTS}/{key}"
