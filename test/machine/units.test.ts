import assert from "node:assert/strict";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { App } from "../../components/app/app";
import { ListenVia } from "../../components/app/listen";
import { appUser, certificateFolder, codeFolder, dataFolder, socketPath } from "../../components/app/paths";
import { guest } from "../../components/host/guest";
import { directHops } from "../../components/host/hops";
import { nginxFiles } from "../../components/host/nginx/files";
import { PlannedFile } from "../../components/host/plan";
import { appUnits, hostUnits } from "../../components/host/systemd/units";
import { TestMachine, useMachine } from "./machine";

const domain = "www.example.com";

/** As in the tests of the apply program, so that one image serves both. */
const packages = ["git", "nginx-light", "openssl", "python3-venv"];

/** Words in which every sign means something to systemd, to a shell or to nginx. */
const oddWords = [
  "",
  "a b",
  "$HOME",
  "${HOME}",
  "100%h",
  "%%",
  'say "yes"',
  "it's",
  "back\\slash",
  "end\\",
  ";",
  "#",
  "*",
  "é",
  "|&<>",
];

const program = ["/usr/bin/python3", "-u", "app.py"];
const app = (name: string, more: Partial<App> = {}): App => ({
  name,
  source: {},
  process: { command: [...program, "3"] },
  routes: [{ domain, path: `/${name}/`, stripPrefix: true }],
  ...more,
});

const apps: readonly App[] = [
  app("words", {
    process: { command: [...program, "3", ...oddWords] },
    environment: Object.fromEntries(oddWords.map((word, i) => [`ODD_${i}`, word])),
  }),
  app("secret", { secrets: [{ name: "api-key", environment: "API_KEY" }, { name: "only-file" }] }),
  app("own", { process: { command: [...program, socketPath("own")] }, listen: { via: ListenVia.Socket } }),
  app("loop", { process: { command: [...program, "9000"] }, listen: { via: ListenVia.Port, port: 9000 } }),
  app("public", { process: { command: [...program, "4"] }, listen: { publicPorts: [2525] }, routes: [] }),
  app("broken", { process: { command: ["/bin/false"] } }),
];

/** Answers with what it is and what it may do, on a file descriptor, a path or a port. */
const source = String.raw`
import http.server, json, os, socket, sys

def attempt(act):
    try:
        act()
        return True
    except OSError as error:
        return error.strerror or str(error)

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def address_string(self):
        return "-"
    def do_GET(self):
        credentials = os.environ.get("CREDENTIALS_DIRECTORY")
        said = json.dumps({
            "path": self.path,
            "argv": sys.argv[2:],
            "environment": dict(os.environ),
            "credentials": {name: open(os.path.join(credentials, name)).read() for name in os.listdir(credentials)} if credentials else {},
            "writesData": attempt(lambda: open(os.environ["HOME"] + "/kept", "w").close()),
            "writesCode": attempt(lambda: open("written", "w").close()),
            "writesRun": attempt(lambda: open("/run/written", "w").close()),
            "opensNetwork": attempt(lambda: socket.socket(socket.AF_INET).close()),
            "opensOtherSocket": attempt(lambda: socket.socket(socket.AF_UNIX).connect("/run/landfall/words.sock")),
            "readsSecrets": attempt(lambda: os.listdir("/etc/landfall/secrets")),
        }).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

where = sys.argv[1]
if where.startswith("/"):
    if os.path.exists(where):
        os.unlink(where)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(where)
    listener.listen()
elif int(where) < 100:
    listener = socket.socket(fileno=int(where))
else:
    listener = socket.create_server(("127.0.0.1", int(where)))

class Server(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("", 0), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
    def get_request(self):
        connection, _ = listener.accept()
        return connection, ("-", 0)

Server.address_family = socket.AF_UNIX
Server().serve_forever()
`;

interface Said {
  path: string;
  argv: string[];
  environment: Record<string, string>;
  credentials: Record<string, string>;
  [attempted: `${"writes" | "opens" | "reads"}${string}`]: true | string;
}

describe("units and web server on Debian 12", function () {
  this.timeout(120_000);
  const host = useMachine({ packages });

  before(async function () {
    this.timeout(120_000);
    await host.cloudInit();
    await install(host, 12);
  });

  const ask = (name: string): Promise<Said> => askThroughNginx(host, name);

  it("bring arguments and environment as they are", async () => {
    const { argv, environment } = await ask("words");
    assert.deepEqual(argv, oddWords);
    assert.deepEqual(
      oddWords.map((_, i) => environment[`ODD_${i}`]),
      oddWords,
    );
  });

  it("bring secrets by file, and by environment where an app wants that", async () => {
    const { credentials, environment, readsSecrets } = await ask("secret");
    assert.deepEqual(credentials, { "api-key": "s3cret $x\n", "only-file": "other\n" });
    assert.equal(environment["API_KEY"], "s3cret $x");
    assert.doesNotMatch(JSON.stringify(environment), /other/);
    assert.equal(readsSecrets, "Permission denied");
  });

  for (const name of ["words", "own"]) {
    it(`let ${name} write its data and nothing else, without a network`, async () => {
      const { writesData, writesCode, writesRun, opensNetwork } = await ask(name);
      assert.deepEqual(
        { writesData, writesCode, writesRun, opensNetwork },
        {
          writesData: true,
          writesCode: "Read-only file system",
          writesRun: "Permission denied",
          opensNetwork: "Address family not supported by protocol",
        },
      );
    });
  }

  it("reach an app that makes its own socket, and one that listens on a port", async () => {
    assert.equal((await ask("own")).path, "/x?y=%2F");
    assert.equal((await ask("loop")).path, "/x?y=%2F");
  });

  it("let only nginx open an app's socket", async () => {
    assert.equal((await ask("loop")).opensOtherSocket, "Permission denied");
    const stat = await host.exec([
      "stat",
      "-c",
      "%U %G %a",
      socketPath("words"),
      "/run/landfall-own",
      "/run/landfall-own/own.sock",
    ]);
    assert.deepEqual(stat.trim().split("\n"), [
      "www-data www-data 600",
      "app-own www-data 750",
      "app-own www-data 770",
    ]);
  });

  it("hand a public port to an app that has no network of its own", async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(2525, host.address, () => socket.write("GET /z HTTP/1.0\r\n\r\n"));
      let text = "";
      socket.on("data", (data) => (text += String(data)));
      socket.once("end", () => resolve(text));
      socket.once("error", reject);
    });
    const { path, opensNetwork } = JSON.parse(said.split("\r\n\r\n")[1] ?? "") as Said;
    assert.deepEqual([path, opensNetwork], ["/z", "Address family not supported by protocol"]);
  });

  it("keep the socket of an app that fails again and again", async () => {
    await host.exec(["systemctl", "start", "--no-block", "app-broken.service"]);
    await pause(3000);
    const restarts = await host.exec(["systemctl", "show", "-P", "NRestarts", "app-broken.service"]);
    assert.ok(Number(restarts) > 5, `restarted ${restarts.trim()} times`);
    assert.equal((await host.exec(["systemctl", "is-active", "app-broken.socket"])).trim(), "active");
    await host.exec(["test", "-S", socketPath("broken")]);
    await host.exec(["systemctl", "stop", "app-broken.socket", "app-broken.service"]);
  });

  it("answer again after an app was killed", async () => {
    await host.exec(["systemctl", "kill", "-s", "KILL", "app-words.service"]);
    assert.deepEqual((await ask("words")).argv, oddWords);
  });

  it("start nginx again when it was killed", async () => {
    const mainProcess = async (): Promise<string> =>
      (await host.exec(["systemctl", "show", "-P", "MainPID", "nginx.service"])).trim();
    const killed = await mainProcess();
    await host.exec(["systemctl", "kill", "--kill-who=main", "-s", "KILL", "nginx.service"]);
    // Its workers answer until systemd's time for them to end, 5 s, is over.
    for (let tries = 0; tries < 100; tries++) {
      const now = await mainProcess();
      if (now !== "0" && now !== killed) break;
      await pause(100);
    }
    assert.deepEqual((await ask("words")).argv, oddWords);
    assert.ok(!["0", killed].includes(await mainProcess()));
  });

  it("are as the plan says, by systemd's own account", async () => {
    const shown = await host.exec([
      ...[
        "systemctl",
        "show",
        "app-words.service",
        "-p",
        "ProtectProc,PrivateNetwork,TimeoutStopUSec,LimitNOFILE,IPAddressDeny",
      ],
    ]);
    for (const line of ["ProtectProc=invisible", "PrivateNetwork=yes", "TimeoutStopUSec=35s", "LimitNOFILE=16384"]) {
      assert.ok(shown.includes(line), `${line} in ${shown}`);
    }
    assert.match(shown, /IPAddressDeny=(::\/0 0\.0\.0\.0\/0|0\.0\.0\.0\/0 ::\/0)/);
  });
});

describe("units and web server on Debian 13", function () {
  this.timeout(120_000);
  const host = useMachine({ debian: 13, packages });

  before(async function () {
    this.timeout(120_000);
    await host.cloudInit();
    await install(host, 13);
  });

  it("bring arguments, environment and secrets as they are", async () => {
    const { argv, environment } = await askThroughNginx(host, "words");
    assert.deepEqual([argv, oddWords.map((_, i) => environment[`ODD_${i}`])], [oddWords, oddWords]);
    assert.equal((await askThroughNginx(host, "secret")).environment["API_KEY"], "s3cret $x");
  });

  it("reach an app that makes its own socket", async () => {
    assert.equal((await askThroughNginx(host, "own")).path, "/x?y=%2F");
  });

  it("leave nginx and systemd with nothing to say", async () => {
    const units = apps.map(({ name }) => `app-${name}.service`);
    assert.equal(await host.exec(`nginx -t 2>&1 | grep -Ev 'syntax is ok|is successful' || true`), "");
    assert.equal(
      await host.exec(`systemd-analyze verify ${units.join(" ")} 2>&1 | grep -E 'app-|landfall' || true`),
      "",
    );
    for (const unit of units) await host.exec(["systemd-analyze", "security", "--threshold=13", unit]);
  });

  it("agree on HTTP/2 and a key exchange that quantum computers cannot break", async () => {
    const said = await host.exec(
      `openssl s_client -connect 127.0.0.1:443 -servername ${domain} -alpn h2 -groups X25519MLKEM768 </dev/null 2>&1`,
    );
    assert.match(said, /ALPN protocol: h2/);
    assert.match(said, /X25519MLKEM768/);
  });
});

/** What an app says when it is asked from the machine itself, through the web server. */
async function askThroughNginx(host: TestMachine, name: string): Promise<Said> {
  const url = `https://${domain}/${name}/x?y=%2F`;
  const curl = ["curl", "-sSfk", "--max-time", "10", "--resolve", `${domain}:443:127.0.0.1`, url];
  return JSON.parse(await host.exec(curl)) as Said;
}

/** Puts users, code, secrets, certificate and files in place, and starts everything. */
async function install(host: TestMachine, debian: number): Promise<void> {
  const release = guest(debian);
  const routed = apps.filter((one) => one.routes?.length);
  const files: PlannedFile[] = [
    ...nginxFiles(routed, directHops, release),
    ...hostUnits(apps, release),
    ...apps.flatMap((one) => appUnits(one, release)),
  ];
  for (const { path, content, mode } of files) await host.writeFile(path, content, parseInt(mode, 8));
  for (const { name } of apps) {
    await host.exec([
      "useradd",
      "--system",
      "--user-group",
      "--no-create-home",
      "--home",
      dataFolder(name),
      appUser(name),
    ]);
    await host.exec(["install", "-d", "-o", appUser(name), "-g", appUser(name), "-m", "0700", dataFolder(name)]);
    await host.writeFile(`${codeFolder(name)}/app.py`, source);
  }
  await host.exec("install -d -m 0700 /etc/landfall/secrets /etc/landfall/secrets/secret");
  await host.writeFile("/etc/landfall/secrets/secret/api-key", "s3cret $x\n", 0o600);
  await host.writeFile("/etc/landfall/secrets/secret/only-file", "other\n", 0o600);
  await host.exec(`
    install -d ${certificateFolder(domain)}; cd ${certificateFolder(domain)}
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${domain} \
      -keyout privkey.pem -out fullchain.pem 2>&1
    systemctl daemon-reload
    systemctl restart nginx.service`);
  for (const { name, listen } of apps) {
    const via = listen?.via ?? ListenVia.Activation;
    await host.exec([
      "systemctl",
      "start",
      ...(via === ListenVia.Activation ? [`app-${name}.socket`] : [`app-${name}.service`]),
    ]);
  }
}
