import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { App } from "../components/app/app";
import { certificateFolder } from "../components/app/paths";
import { command } from "../components/app/presets/command";
import { staticSite } from "../components/app/presets/static-site";
import { guest } from "../components/host/guest";
import { directHops } from "../components/host/hops";
import { nginxFiles, nginxFolder } from "../components/host/nginx/files";
import { machineRoot } from "../components/local/machine/machine";
import { stackId } from "../components/local/machine/names";
import { cleaningUp } from "./cleanup";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";
import { onMachine, type SharedMachine } from "./other-server";
import { withSite } from "./site";

const count = 200;
const rounds = 5;
const debian = 12;
const domain = "bench.localhost";

/** Seconds that nginx takes to load the configuration of many apps, more than that of none, each with a domain of its own. */
export async function manyApps(report: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  return await cleaningUp(
    () => rmSync(folder, { recursive: true, force: true }),
    () => measure(folder, report),
  );
}

async function measure(folder: string, report: (line: string) => void): Promise<Figure[]> {
  const id = stackId("bench-many-apps", folder);
  writeFileSync(join(folder, "index.html"), "one");
  const one = staticSite({ name: "one", source: { directory: folder }, domains: [domain] });
  return await withSite({ id, apps: [one], debian, root: folder }, report, async ({ machine }) => {
    const on = { id, machine };
    await writeConfiguration(on, "none", []);
    await writeConfiguration(
      on,
      "many",
      Array.from({ length: count }, (_, index) => app(index)),
    );
    // A script of its own each time, so that starting one is not counted twice.
    const load = (name: string) => () => seconds(() => onMachine(on, `nginx -t -q -c ${folderOf(name)}/nginx.conf`));
    const { none, many } = await interleaved(rounds, { none: load("none"), many: load("many") }, report);
    return [figure(`nginx loads ${count} apps, beyond none`, many - none, "s", Bound.AtMost, 1)];
  });
}

/** All that a route may need: a prefix that is taken off, websockets, a limit. */
const app = (index: number): App =>
  command({
    name: `app-${index}`,
    source: { directory: "." },
    command: ["app"],
    routes: [
      { domain: `app-${index}.example.com` },
      { domain: `app-${index}.example.com`, path: "/live/", stripPrefix: true, websocket: true },
      { domain: `app-${index}.example.com`, path: "/uploads/", maxBodyMiB: 500 },
    ],
  });

const folderOf = (name: string): string => `/var/tmp/nginx-${name}`;

/** Writes what a host of these apps would have, and gives each domain the certificate that the machine has. */
async function writeConfiguration(on: SharedMachine, name: string, apps: readonly App[]): Promise<void> {
  for (const { path, content } of nginxFiles(apps, directHops, guest(debian))) {
    const file = join(machineRoot(on.id, on.machine), folderOf(name), path.slice(nginxFolder.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const folders = apps.flatMap(({ routes }) => certificateFolder(routes![0]!.domain));
  const copies = folders.map((folder) => `cp -r ${certificateFolder(domain)} ${folder}`);
  await onMachine(on, ["mkdir -p /var/tmp", ...copies].join("\n"));
}
