import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { ListenVia } from "../../../components/app/listen";
import { canonicalJson } from "../../../components/host/digest";
import { cloudFrontHop } from "../../../components/host/hop";
import { directHops } from "../../../components/host/hops";
import { HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { Transport } from "../../../policies/contract";
import { HostView } from "../../../policies/reader/host-view";
import { locate } from "../../../policies/reader/nginx/locate";
import { serverFor } from "../../../policies/reader/nginx/server-for";
import { effective } from "../../../policies/reader/nginx/effective";
import { fileAt, provides } from "../../../policies/reader/provides";
import { readPlan } from "../../../policies/reader/read-plan";
import { lastSetting } from "../../../policies/reader/systemd/settings";

const python = { source: { git: { url: "https://example.com/a.git", ref: "main" } }, process: { command: ["./run"] } };
const apps: App[] = [
  { ...python, name: "blog", routes: [{ domain: "www.example.com" }], secrets: [{ name: "key", generate: true }] },
  {
    ...python,
    name: "loop",
    listen: { via: ListenVia.Port, port: 9000 },
    routes: [{ domain: "www.example.com", path: "/l/" }],
  },
  { ...python, name: "mail", listen: { publicPorts: [25] } },
];
const plan: HostPlan = planHost({
  apps,
  code: {},
  debian: 12,
  hops: { publicHttpPort: 80, publicHttpsPort: 443, front: [] },
});

const read = (value: unknown): HostView => readPlan(canonicalJson(value), "plan");
const messages = (view: HostView): string[] => view.problems.map(({ kind, message }) => `${kind} ${message}`);

describe("readPlan", () => {
  const view = read(plan);

  it("finds nothing wrong with a plan of ours", () => assert.deepEqual([view.problems, view.plan], [[], plan]));

  it("shows what proves a hop as a file of root's, whose content nobody here knows", () => {
    const front = [cloudFrontHop({ addresses: ["130.176.0.0/17"], provesItself: true })];
    const proven = read(planHost({ apps, code: {}, debian: 12, hops: { ...directHops, front } }));
    const file = proven.files.find(({ path }) => path === "/etc/landfall/proofs/x-landfall-origin-secret.conf");
    assert.deepEqual([file?.content, file?.mode, file?.owner], [null, "0600", "root:root"]);
    assert.deepEqual(messages(proven), [`unread the content of ${file?.path} is known only on the host`]);
  });

  it("shows the plan's units as enabled and started, with their settings", () => {
    const unit = view.units.find(({ name }) => name === "app-blog.service");
    assert.ok(unit);
    assert.deepEqual(
      [unit.enabled, unit.started, unit.complete, unit.activators, lastSetting(unit, "Service", "User")?.value],
      ["yes", "yes", true, ["app-blog.socket"], "app-blog"],
    );
  });

  it("shows which location of nginx answers", () => {
    assert.ok(view.nginx);
    const server = serverFor(view.nginx, "www.example.com", 443);
    assert.ok(server);
    const { scope } = locate(server, "/l/x");
    assert.deepEqual(
      [server.tls, scope.args, scope.place.file, effective(scope, "proxy_pass").map(({ args }) => args)],
      [true, ["^~", "/l/"], "/etc/nginx/sites/www.example.com.conf", [["http://app-loop.kept"]]],
    );
  });

  it("derives what the host declares", () => {
    const tcp = (port: number) => ({ transport: Transport.Tcp, from: port, to: port });
    const folder = (name: string) => [`app-${name}.service`, `/opt/landfall/apps/${name}/current/code`];
    assert.deepEqual(view.contract, {
      domains: ["www.example.com"],
      routes: ["/", "/l/"].map((path) => ({ domain: "www.example.com", path, service: null })),
      publicPorts: [tcp(80), tcp(443), tcp(25)],
      appPorts: [9000],
      outbound: null,
      services: ["app-blog.service", "app-loop.service", "app-mail.service"],
      directories: Object.fromEntries(["blog", "loop", "mail"].map(folder)),
    });
  });

  it("knows that releases, secrets and certificates get onto the host, though not what is in them", () => {
    assert.equal(provides(view, "/opt/landfall/apps/blog/current/code")?.how, "release");
    assert.equal(fileAt(view, "/etc/landfall/secrets/blog/key")?.content, null);
    assert.equal(fileAt(view, "/etc/landfall/tls/www.example.com/fullchain.pem")?.content, null);
    assert.equal(fileAt(view, "/etc/landfall/secrets/blog/other"), null);
  });

  const faults: [what: string, json: string, expected: string[]][] = [
    ["text that is no JSON", '{"password": "hunter2', ["broken is no valid JSON"]],
    ["JSON that is no object", "[]", ["broken is no host plan: it is not an object"]],
    [
      "every part that does not fit",
      canonicalJson({ ...plan, debian: "12", units: [{ name: "x" }], apps: 1 }),
      [
        "broken is no host plan: debian is not a number",
        "broken is no host plan: apps is not a list",
        "broken is no host plan: units[0].app is not a text",
      ],
    ],
    [
      "a format of another version",
      canonicalJson({ ...plan, format: 2 }),
      ["unread is a host plan of format 2; format 1 is read"],
    ],
  ];
  for (const [what, json, expected] of faults) {
    it(`reports ${what}`, () => {
      const found = readPlan(json, "plan");
      assert.deepEqual([messages(found), found.plan, found.files], [expected, null, []]);
    });
  }

  it("shows a file that two entries write as the last one has it", () => {
    const [file] = plan.files;
    assert.ok(file);
    const twice = read({ ...plan, files: [...plan.files, { ...file, content: "" }] });
    assert.equal(fileAt(twice, file.path)?.content, "");
  });
});
