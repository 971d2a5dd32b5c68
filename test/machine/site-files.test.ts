import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../components/app/app";
import { appUser, dataFolder, serviceUnit, sharedFolder } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import {
  filesParameter,
  foldersUnit,
  mountUnit,
  nfsPort,
  tunnelPort,
  tunnelUnit,
} from "../../components/host/shared-files/tunnel";
import { sharedUserId } from "../../components/host/shared-files/user-id";
import { eventually } from "../eventually";
import { useSite } from "./site";

const album = (name: string, more: Partial<App> = {}): App => ({
  ...command({
    name,
    source: { directory: join(__dirname, "site-apps/album") },
    command: ["python3", "app.py"],
    routes: [{ domain: `${name}.localhost` }],
    data: ["uploads"],
  }),
  ...more,
});
const sharing = (name: string): App => album(name, { data: [], sharedData: ["uploads"] });

/** Names of servers: one with its certificate, one with another's, one whose authority nobody knows. */
const servers = { right: "fs-1.efs.example", misnamed: "fs-2.efs.example", unknown: "fs-3.efs.example" };

/** Answers by TLS with what it is sent, twice: with a certificate that the host believes, and with one that it does not. */
const echo = `
import socket, ssl, sys, threading
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(sys.argv[2], sys.argv[3])
listener = socket.create_server((sys.argv[1], ${nfsPort}))
def serve(connection):
    try:
        with context.wrap_socket(connection, server_side=True) as peer:
            peer.sendall(b"echo " + peer.recv(100))
    except OSError:
        pass
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
`;

const ask = `
import socket
with socket.create_connection(("127.0.0.1", ${tunnelPort}), 10) as peer:
    peer.sendall(b"hello")
    try:
        print(peer.recv(100).decode() or "nothing")
    except ConnectionResetError:
        print("nothing")
`;

/*
 * The kernel of a test's machine has no client of NFS. A folder stands in for the file system, by a drop-in of its mount; the
 * tunnel is the real one, to a server that is none of NFS.
 */
for (const debian of [12, 13]) {
  describe(`files that machines share, on Debian ${debian}`, function () {
    this.timeout(120_000);
    const parameters = { [filesParameter]: servers.right };
    const site = useSite({ apps: [album("first")], debian, sharedFiles: true, parameters });
    const exec = (words: string | string[]): Promise<string> => site.machine.exec(words);
    const send = async (name: string, file: string): Promise<string> => {
      const url = `${site.origin(`${name}.localhost`)}/${file}`;
      return (await site.request(url, { method: "POST", body: "a picture" })).body;
    };
    const shown = async (name: string): Promise<string> =>
      (await site.request(`${site.origin(`${name}.localhost`)}/`)).body;

    before(async function () {
      this.timeout(400_000);
      const names = Object.values(servers);
      await exec(
        `set -e; mkdir -p /srv/stand-in /etc/systemd/system/${mountUnit}.d
         printf '[Mount]\\nWhat=/srv/stand-in\\nType=none\\nOptions=bind,_netdev\\n' >/etc/systemd/system/${mountUnit}.d/stand-in.conf
         printf '127.0.0.2 ${names[0]} ${names[1]}\\n127.0.0.3 ${names[2]}\\n' | cat /etc/hosts - >/srv/hosts
         mount --bind /srv/hosts /etc/hosts # which is the computer's own
         make() {
           openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=server \\
             -addext "subjectAltName=DNS:$1" -keyout "$2.key" -out "$3"
         }
         make ${servers.right} /srv/right /usr/local/share/ca-certificates/files.crt
         make ${servers.unknown} /srv/unknown /srv/unknown.crt
         update-ca-certificates`,
      );
      await exec(["python3", "-c", "import sys; open('/srv/echo.py', 'w').write(sys.argv[1])", echo]);
      const start = (unit: string, ...words: string[]): Promise<string> =>
        exec(["systemd-run", "--quiet", "--unit", unit, "python3", "/srv/echo.py", ...words]);
      await start("right", "127.0.0.2", "/usr/local/share/ca-certificates/files.crt", "/srv/right.key");
      await start("unknown", "127.0.0.3", "/srv/unknown.crt", "/srv/unknown.key");
      await site.apply([album("first"), sharing("album")]);
    });

    it("are where all machines see them, under an id that is the same on all of them", async () => {
      assert.equal(await send("album", "one"), "kept");
      const found = await exec([
        "stat",
        "--format=%u:%g %a",
        "/srv/stand-in/album/uploads",
        "/srv/stand-in/album/uploads/one",
      ]);
      const id = sharedUserId("album");
      assert.equal(found, `${id}:${id} 700\n${id}:${id} 600\n`);
      assert.equal(await exec(["id", "--user", appUser("album")]), `${id}\n`);
    });

    it("are what another machine has written there", async () => {
      const file = `${sharedFolder("album", "uploads")}/two`;
      const id = String(sharedUserId("album"));
      await exec(["install", "--owner", id, "--group", id, "--mode=600", "/dev/null", file]);
      assert.match(await shown("album"), /\btwo\b/);
    });

    it("are not in the folder below, on the machine's own disk", async () =>
      assert.equal(await exec(["ls", `${dataFolder("album")}/uploads`]), ""));

    it("are in the data folder of an app that shares none", async () => {
      assert.equal(await send("first", "own"), "kept");
      assert.equal(await exec(["ls", `${dataFolder("first")}/uploads`]), "own\n");
    });

    it("can be read by no other app", async () => {
      const words = ["runuser", "-u", appUser("first"), "--", "ls", sharedFolder("album", "uploads")];
      assert.equal((await site.machine.attempt(words)).code, 2);
    });

    it("are behind folders that no app can replace", async () => {
      const folder = sharedFolder("album", "uploads");
      const words = ["runuser", "-u", appUser("album"), "--", "mv", folder, `${folder}-away`];
      const moved = await site.machine.attempt(words);
      assert.equal(moved.code, 1);
      assert.match(moved.stderr, /Permission denied/);
    });

    const through = async (name: string): Promise<string> => {
      parameters[filesParameter] = name;
      await site.apply([album("first"), sharing("album")]);
      let said = "";
      await eventually(async () => {
        said = (await exec(["python3", "-c", ask])).trim();
      });
      return said;
    };

    it("are reached by a tunnel to the server with the right certificate", async () =>
      assert.equal(await through(servers.right), "echo hello"));

    it("are not reached where the certificate has another name", async () => {
      assert.equal(await through(servers.misnamed), "nothing");
      assert.match(await exec(["journalctl", "--unit", tunnelUnit, "--output=cat"]), /Subject checks failed/);
    });

    it("are not reached where nobody vouches for the certificate", async () => {
      assert.equal(await through(servers.unknown), "nothing");
      assert.match(await exec(["journalctl", "--unit", tunnelUnit, "--output=cat"]), /self-signed certificate/);
    });

    it("are behind units that systemd finds nothing to say about", async () => {
      for (const unit of [tunnelUnit, mountUnit, foldersUnit("album"), serviceUnit("album")]) {
        const { code, stdout, stderr } = await site.machine.attempt(["systemd-analyze", "verify", "--man=no", unit]);
        assert.deepEqual([code, stdout, stderr], [0, "", ""], unit);
      }
      const said = await exec(["systemd-analyze", "security", "--no-pager", tunnelUnit]);
      const score = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
      assert.ok(score <= 2, said);
    });

    it("are there before the app runs, after the host has been restarted", async () => {
      await send("album", "kept");
      await site.machine.reboot();
      await site.machine.attempt(["systemctl", "is-system-running", "--wait"]);
      const failed = await exec(["systemctl", "list-units", "--failed", "--plain", "--no-legend"]);
      // A file system that a kernel without NFS does not have.
      assert.equal(failed.replace(/^run-rpc_pipefs\.mount .*\n/, ""), "");
      assert.match(await shown("album"), /\bkept\b/);
      assert.equal(await exec(["ls", `${dataFolder("album")}/uploads`]), "");
    });

    it("need nothing of NFS that anybody outside could reach", async () => {
      const listening = await exec(["ss", "--listening", "--tcp", "--udp", "--numeric", "--no-header"]);
      assert.doesNotMatch(listening, /:111\b/);
      assert.match(listening, new RegExp(`127\\.0\\.0\\.1:${tunnelPort}\\b`));
    });

    it("take the app along when they go away, so that it writes nowhere else", async () => {
      await exec(["systemctl", "stop", mountUnit]);
      const { stdout } = await site.machine.attempt(["systemctl", "is-active", serviceUnit("album")]);
      assert.equal(stdout, "inactive\n");
      await exec(["systemctl", "start", serviceUnit("album")]);
      assert.match(await shown("album"), /\bkept\b/);
    });

    it("are not given to an app whose user has another id here", async () => {
      await exec(["useradd", "--system", "--user-group", appUser("late")]);
      const apps = [album("first"), sharing("album"), sharing("late")];
      await assert.rejects(site.apply(apps), /user app-late has the ids \d+:\d+ here, and \d+ on machines that share/);
      assert.match(await shown("album"), /\bkept\b/);
    });
  });
}
