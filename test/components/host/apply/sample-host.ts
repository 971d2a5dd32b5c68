import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { packDirectory } from "../../../../components/app/pack";
import {
  appFolder,
  appUser,
  certificateFolder,
  codeFolder,
  currentEnvironment,
  dataFolder,
  secretFile,
  serviceUnit,
  socketPath,
  socketUnit,
} from "../../../../components/app/paths";
import { applyProgram } from "../../../../components/host/apply/program";
import { canonicalJson, environmentKey, sha256 } from "../../../../components/host/digest";
import { Effect, HostPlan, PlannedFile, PlannedPython } from "../../../../components/host/plan";

/** An app of a sample host: a Python program without dependencies that answers on the socket it is handed. */
export interface SampleApp {
  name: string;
  domain: string;
  /** What it answers. */
  answer: string;
  /** Python statements before it listens, to break it. @default none */
  before?: string;
  /** Secrets that it reads; it answers their SHA-256 at `/secret`. @default none */
  secret?: { name: string; generate: boolean };
  /** Requirements of an environment that it runs in. @default Debian's Python alone */
  requirements?: string[];
  /** Fetched from git instead of the store. */
  git?: { url: string; ref: string; directory: string };
  /** @default 20 */
  startSeconds?: number;
}

// Suites make their store when they are declared, even those whose tests are not run.
const stores = new Set<SampleStore>();
process.on("exit", () => stores.forEach((store) => store.remove()));

/** A store and parameters on this computer, to be seen by one machine. */
export class SampleStore {
  readonly folder = mkdtempSync(join(tmpdir(), "landfall-store-"));
  readonly store = join(this.folder, "store");
  readonly parameters = join(this.folder, "parameters");

  constructor() {
    stores.add(this);
    mkdirSync(this.parameters, { recursive: true, mode: 0o700 });
    mkdirSync(this.store);
  }

  readonly binds = [
    { source: this.store, target: "/srv/landfall/store" },
    { source: this.parameters, target: "/srv/landfall/parameters" },
  ];

  /** Puts a host plan of these apps in place and points to it. Returns the plan's digest. */
  publishApps(apps: readonly SampleApp[], adjust: (plan: HostPlan) => void = () => undefined): string {
    const plan = samplePlan(apps, (app) => this.packApp(app));
    adjust(plan);
    return this.publish(plan);
  }

  publish(plan: HostPlan, program = applyProgram()): string {
    const text = canonicalJson(plan);
    const digest = sha256(text);
    this.put(join("programs", `${program.digest}.py`), program.text);
    this.put(join("plans", `${digest}.json`), text);
    this.put("current.json", JSON.stringify({ format: 1, plan: digest, program: program.digest }));
    return digest;
  }

  setParameter(name: string, value: string): void {
    const path = join(this.parameters, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, value, { mode: 0o600 });
  }

  removeParameter(name: string): void {
    rmSync(join(this.parameters, name));
  }

  put(path: string, content: string | Uint8Array): void {
    const full = join(this.store, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(`${full}.new`, content);
    renameSync(`${full}.new`, full);
  }

  /** Makes a file of the store unreadable as what it is. */
  spoil(path: string): void {
    this.put(path, "spoilt");
  }

  /** Writes an app's folder. */
  writeCode(app: SampleApp, folder: string): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "app.py"), sampleProgram(app));
    writeFileSync(join(folder, "requirements.txt"), (app.requirements ?? []).map((line) => `${line}\n`).join(""));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Packs files, by name, into the store and returns the digest. */
  pack(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(this.folder, "code-"));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return this.packFolder(folder);
  }

  private packApp(app: SampleApp): string {
    const folder = mkdtempSync(join(this.folder, "code-"));
    this.writeCode(app, folder);
    return this.packFolder(folder);
  }

  private packFolder(folder: string): string {
    const packed = packDirectory(folder, {});
    this.put(join("code", `${packed.digest}.tar.gz`), packed.archive);
    return packed.digest;
  }
}

function sampleProgram(app: SampleApp): string {
  return `import hashlib, http.server, os, socket, socketserver
${app.before ?? ""}

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ${JSON.stringify(app.answer)}
        if self.path == "/secret":
            with open(os.environ["CREDENTIALS_DIRECTORY"] + "/${app.secret?.name ?? ""}", "rb") as file:
                body = hashlib.sha256(file.read()).hexdigest()
        if self.path == "/pid":
            body = str(os.getpid())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *words):
        pass

class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def server_bind(self):
        pass

server = Server(("", 0), Handler, bind_and_activate=False)
server.socket = socket.socket(fileno=3)
server.serve_forever()
`;
}

/** A plan written by hand: as little as can answer over HTTPS, so that these tests need nothing of the renderers. */
export function samplePlan(apps: readonly SampleApp[], pack: (app: SampleApp) => string): HostPlan {
  const root = { owner: "root", group: "root" };
  const releases = apps.map((app) => {
    const source = app.git ? { archive: null, git: app.git } : { archive: pack(app), git: null };
    const python = app.requirements ? samplePython(app.requirements) : null;
    return { app: app.name, digest: sha256(canonicalJson([source, python])).slice(0, 20), source, python };
  });
  return {
    format: 1,
    debian: 12,
    packages: ["ca-certificates", "git", "nginx-light", "openssl", "python3-venv"],
    users: apps.map((app) => ({ name: appUser(app.name), home: dataFolder(app.name) })),
    directories: apps.flatMap((app) => [
      { path: appFolder(app.name), mode: "0755", ...root },
      { path: dataFolder(app.name), mode: "0700", owner: appUser(app.name), group: appUser(app.name) },
    ]),
    files: [sampleNginx(), ...apps.map(sampleSite), ...apps.flatMap(sampleUnits)],
    releases,
    secrets: apps.flatMap((app) =>
      app.secret
        ? [
            {
              app: app.name,
              name: app.secret.name,
              path: secretFile(app.name, app.secret.name),
              parameter: `secrets/${app.name}/${app.secret.name}`,
              generate: app.secret.generate,
            },
          ]
        : [],
    ),
    certificates: apps.map(({ domain }) => ({
      domain,
      folder: certificateFolder(domain),
      parameter: `tls/${domain}`,
    })),
    apps: apps.map(({ name }) => ({ name, service: serviceUnit(name), socket: socketUnit(name) })),
    units: [
      { name: "nginx.service", app: null },
      ...apps.flatMap(({ name }) => [
        { name: socketUnit(name), app: name },
        { name: serviceUnit(name), app: name },
      ]),
    ],
    health: apps.map((app) => ({
      app: app.name,
      web: { host: app.domain, path: "/", status: 200 },
      port: null,
      contains: app.answer,
      startSeconds: app.startSeconds ?? 20,
    })),
  };
}

function samplePython(requirements: readonly string[]): PlannedPython {
  const text = requirements.map((line) => `${line}\n`).join("");
  return { packages: [], requirements: "requirements.txt", buildPackages: [], key: environmentKey(12, [], text) };
}

function nginxFile(path: string, content: string): PlannedFile {
  return {
    path: `/etc/nginx/${path}`,
    content,
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.Reload, units: ["nginx.service"] },
  };
}

function sampleNginx(): PlannedFile {
  return nginxFile(
    "nginx.conf",
    `user www-data;
pid /run/nginx.pid;
events {}
http {
  include mime.types;
  server_names_hash_bucket_size 128;
  include sites/*.conf;
}
`,
  );
}

function sampleSite(app: SampleApp): PlannedFile {
  return nginxFile(
    `sites/${app.domain}.conf`,
    `server {
  listen 443 ssl;
  server_name ${app.domain};
  ssl_certificate ${certificateFolder(app.domain)}/fullchain.pem;
  ssl_certificate_key ${certificateFolder(app.domain)}/privkey.pem;
  location / {
    proxy_pass http://unix:${socketPath(app.name)};
  }
}
`,
  );
}

function sampleUnits(app: SampleApp): PlannedFile[] {
  const unit = (name: string, units: string[], content: string): PlannedFile => ({
    path: `/etc/systemd/system/${name}`,
    content,
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.Restart, units },
  });
  const python = app.requirements ? `${currentEnvironment(app.name)}/bin/python` : "/usr/bin/python3";
  const credential = app.secret ? `LoadCredential=${app.secret.name}:${secretFile(app.name, app.secret.name)}\n` : "";
  return [
    unit(
      socketUnit(app.name),
      [socketUnit(app.name), serviceUnit(app.name)],
      `[Socket]
ListenStream=${socketPath(app.name)}
SocketUser=www-data
SocketMode=0600
RemoveOnStop=yes

[Install]
WantedBy=sockets.target
`,
    ),
    unit(
      serviceUnit(app.name),
      [serviceUnit(app.name)],
      `[Unit]
StartLimitIntervalSec=0
Requires=${socketUnit(app.name)}
After=${socketUnit(app.name)}

[Service]
Type=exec
User=${appUser(app.name)}
WorkingDirectory=${codeFolder(app.name)}
ExecStart=${python} app.py
Restart=always
RestartSec=100ms
${credential}
[Install]
WantedBy=multi-user.target
`,
    ),
  ];
}
