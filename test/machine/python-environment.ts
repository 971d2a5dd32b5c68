import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { run } from "../../components/local/machine/command";
import { cachedLayer, harvestLayer } from "../../components/local/machine/layer";
import { recordedSpec } from "../../components/local/machine/machine";
import type { TestMachine } from "./machine";

const uv = "uv==0.13.8";

// systemd starts it, so that it has the proxies of the machine's settings. Its last act says that the folder is whole.
const install = `
bundle=/etc/ssl/certs/ca-certificates.crt # uv brings its own list of authorities
if [ -e "$bundle" ]; then export SSL_CERT_FILE="$bundle"; fi
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_CACHE_DIR=/srv/uv-cache
rm -rf "$1"
if ! [ -x /srv/uv/bin/uv ]; then
  if ! python3 -c "import ensurepip" 2>/dev/null; then # no app of the machine is a Python program
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends python3-venv >/dev/null
  fi
  python3 -m venv /srv/uv
  /srv/uv/bin/pip install --quiet --disable-pip-version-check --no-cache-dir "$2"
fi
/srv/uv/bin/uv venv --quiet --python /usr/bin/python3 "$1"
/srv/uv/bin/uv pip install --quiet --compile-bytecode --python "$1/bin/python" --requirement -
touch "$1/.complete"
`;

/** Layers for a new machine: those of the Python environments with these requirements that earlier runs have kept. */
export function keptEnvironments(debian: number, requirements: readonly string[]): string[] {
  return requirements.flatMap((text) => cachedLayer(keyOf(debian, text)) ?? []);
}

/**
 * Folder in the machine of a Python environment with these requirements. It is made by the machine's own Python the first time
 * on this computer; what was made is kept for later machines.
 *
 * @param requirements text of a requirements file
 */
export async function pythonEnvironment(machine: TestMachine, requirements: string): Promise<string> {
  const spec = recordedSpec(machine.id, machine.name);
  assert.ok(spec, `machine ${machine.name} is not there`);
  const key = keyOf(spec.debian, requirements);
  const folder = `/srv/${key}`; // scripts of an environment carry its path, so it is the same in every machine
  if ((await machine.attempt(["test", "-e", `${folder}/.complete`])).code === 0) return folder;

  const kept = cachedLayer(key);
  if (kept !== undefined) {
    await run(["cp", "--archive", "--no-target-directory", join(kept, folder), join(machine.root, folder)]);
    return folder;
  }
  const asUnit = ["systemd-run", "--quiet", "--pipe", "--wait", "--collect"];
  await machine.exec([...asUnit, "sh", "-euc", install, "sh", folder, uv], {
    stdin: requirements,
    timeoutSeconds: 600,
  });
  await harvestLayer(machine, folder, key);
  return folder;
}

function keyOf(debian: number, requirements: string): string {
  const digest = createHash("sha256").update(JSON.stringify([install, uv, requirements]));
  return `test-env-${debian}-${digest.digest("hex").slice(0, 20)}`;
}
