import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { main } from "../../../policies/cli/main";

const groupUrn = "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web";

/** An ingress rule of a security group, from the world. */
const ingress = (name: string, port: unknown) => ({
  urn: `urn:pulumi:dev::shop::aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::${name}`,
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  id: "sgr-1",
  inputs: { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: port, toPort: port, securityGroupId: "sg-1" },
  outputs: {},
  dependencies: [groupUrn],
  propertyDependencies: { securityGroupId: [groupUrn] },
});

const group = {
  urn: groupUrn,
  type: "aws:ec2/securityGroup:SecurityGroup",
  id: "sg-1",
  inputs: { name: "web" },
  outputs: {},
};

const state = (...rules: object[]): string =>
  JSON.stringify({ version: 3, deployment: { resources: [group, ...rules] } });

const bad = state(ingress("ssh", 22));
const good = state(ingress("https", 443));
const unknown = state(ingress("later", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"));

const waivers = `waivers:
  - finding: net-no-admin-world
    resource: ssh
    reason: The bastion is replaced by Session Manager in March
    owner: ops@example.com
    expires: 2999-12-31
  - finding: net-ingress-declared-only
    resource: ssh
    reason: The bastion is replaced by Session Manager in March
    owner: ops@example.com
    expires: 2999-12-31
`;

describe("landfall", () => {
  let folder: string;
  const here = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall check "));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string | Buffer): string {
    mkdirSync(join(here(name), ".."), { recursive: true });
    writeFileSync(here(name), content);
    return here(name);
  }

  /** Runs it, and says how it ended. */
  function landfall(...argv: string[]): { status: number; out: string; err: string } {
    let [out, err] = ["", ""];
    const status = main(argv, { out: (text) => (out += text), err: (text) => (err += text) });
    return { status, out, err };
  }

  describe("check of a state", () => {
    it("ends with 2 when something fails, and says what to do", () => {
      const { status, out, err } = landfall("check", write("state.json", bad));
      assert.equal(status, 2);
      assert.match(out, /FAIL +net-no-admin-world\[.*22.*\] +critical/);
      assert.match(out, /ssh \(aws:vpc\/securityGroupIngressRule:SecurityGroupIngressRule\)/);
      assert.match(out, /fix: /);
      assert.equal(err, "");
    });

    it("ends with 0 when nothing fails", () => {
      const { status, out } = landfall("check", write("state.json", good));
      assert.equal(status, 0, out);
      assert.doesNotMatch(out, /FAIL/);
    });

    it("ends with 3 when not all is known and that was asked for", () => {
      const file = write("state.json", unknown);
      assert.equal(landfall("check", file).status, 0);
      assert.equal(landfall("check", file, "--strict").status, 3);
    });

    it("fails from the severity on that was asked for", () => {
      const file = write("state.json", state(ingress("metrics", 9100)));
      const { status, out } = landfall("check", file, "--fail-on", "critical");
      assert.match(out, /FAIL +net-ingress-declared-only/);
      assert.equal(status, 0);
      assert.equal(landfall("check", file, "--fail-on", "high").status, 2);
    });

    it("takes waivers, and fails when they are not needed any more", () => {
      const file = write("waivers.yaml", waivers);
      const { status, out } = landfall("check", write("bad.json", bad), "--waivers", file);
      assert.equal(status, 0, out);
      assert.match(out, /WAIVED +net-no-admin-world/);
      const unused = landfall("check", write("good.json", good), "--waivers", file, "--fail-on", "critical");
      assert.equal(unused.status, 2);
      assert.match(unused.out, /waiver-unused/);
    });

    it("takes settings", () => {
      const settings = write(
        "settings.yaml",
        "levels:\n  net-no-admin-world: advisory\n  net-ingress-declared-only: disabled\n",
      );
      const { status, out } = landfall("check", write("state.json", bad), "--settings", settings);
      assert.equal(status, 0);
      assert.match(out, /WARNING +net-no-admin-world/);
      assert.doesNotMatch(out, /net-ingress-declared-only/);
    });
  });

  describe("check of other things", () => {
    it("knows a preview", () => {
      const newState = ingress("ssh", 22);
      const steps = [group, newState].map((each) => ({ op: "create", urn: each.urn, newState: each }));
      const { status, out } = landfall(
        "check",
        write("p.json", JSON.stringify({ steps, changeSummary: { create: 2 } })),
      );
      assert.equal(status, 2);
      assert.match(out, /p\.json \(preview\)[^]*FAIL +net-no-admin-world/);
    });

    const userData =
      "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Service]\n      ExecStart=/srv/app/run\n";

    it("knows user data, compressed or not", () => {
      for (const content of [userData, gzipSync(userData)]) {
        const { status, out } = landfall("check", write("user-data", content));
        assert.equal(status, 2);
        assert.match(out, /user-data \(user data\)[^]*FAIL +svc-not-root/);
      }
    });

    it("knows a folder of nginx's configuration, and gives the line", () => {
      const location = "location / {\n      proxy_pass http://127.0.0.1:8000;\n    }\n";
      write("nginx/nginx.conf", "events {}\nhttp { include sites/*.conf; }\n");
      write("nginx/sites/a.conf", `server {\n    listen 80;\n    ${location}}\n`);
      const { status, out } = landfall("check", here("nginx"));
      assert.equal(status, 2);
      assert.match(out, /nginx \(nginx\)[^]*FAIL +proxy-headers[^\n]*\n[^\n]*sites\/a\.conf:\d/);
    });

    it("knows a host plan", () => {
      const files = [
        {
          path: "/etc/systemd/system/app.service",
          content: "[Service]\nExecStart=/srv/app/run\n",
          mode: "0644",
          owner: "root",
          group: "root",
          change: { effect: "none", units: [] },
        },
      ];
      const none = {
        packages: [],
        users: [],
        directories: [],
        releases: [],
        secrets: [],
        certificates: [],
        health: [],
      };
      const apps = [{ name: "app", service: "app.service", socket: null }];
      const plan = { format: 1, debian: 12, ...none, files, apps, units: [{ name: "app.service", app: "app" }] };
      const { status, out } = landfall("check", write("plan.json", JSON.stringify(plan)));
      assert.equal(status, 2);
      assert.match(out, /plan\.json \(plan\)[^]*FAIL +svc-not-root/);
    });

    it("checks several at once, each by itself", () => {
      const { status, out } = landfall("check", write("a.json", bad), write("b.json", good));
      assert.equal(status, 2);
      assert.match(out, /a\.json \(state\)[^]*FAIL[^]*b\.json \(state\)/);
    });
  });

  describe("reports", () => {
    it("writes one before it fails, and still says what is to be done", () => {
      const file = here("report.sarif");
      const { status, out } = landfall("check", write("s.json", bad), "--format", "sarif", "--output", file);
      assert.equal(status, 2);
      assert.match(readFileSync(file, "utf8"), /"version": "2.1.0"/);
      assert.match(out, /FAIL +net-no-admin-world/);
    });

    it("come on the standard output and nothing else, so that programs can read them", () => {
      const { out } = landfall("check", write("s.json", bad), "--format", "json");
      const { summary } = JSON.parse(out) as { summary: { fail: number } };
      assert.equal(summary.fail, 2);
      assert.match(landfall("check", here("s.json"), "--format", "junit").out, /^<\?xml/);
    });

    it("have a rule for each finding", () => {
      const { out } = landfall("check", write("s.json", bad), "--format", "sarif");
      const [run] = (JSON.parse(out) as { runs: { results: { ruleIndex: number }[] }[] }).runs;
      assert.ok(run!.results.length > 0);
      assert.ok(run!.results.every(({ ruleIndex }) => ruleIndex >= 0));
    });
  });

  describe("bad input", () => {
    it("lists everything that is wrong with all that was given, and ends with 1", () => {
      const { status, out, err } = landfall(
        ...["check", here("missing.json"), write("cut.json", bad.slice(0, -9)), write("other.json", "{}")],
        ...[
          "--waivers",
          write("w.yaml", waivers.replace(/The bastion.*/, "x")),
          "--settings",
          write("s.yaml", "levls: {}"),
        ],
      );
      assert.equal(status, 1);
      assert.equal(out, "");
      assert.match(err, /missing\.json {2}does not exist/);
      assert.match(err, /cut\.json {2}is not valid JSON/);
      assert.match(err, /other\.json {2}is JSON, but no preview/);
      assert.match(err, /w\.yaml has 1 problem:\n {2}waivers\[0\]\.reason/);
      assert.match(err, /s\.yaml has 1 problem:\n {2}levls .*did you mean "levels"/);
    });

    it("repeats nothing of a file that cannot be read", () => {
      const { err } = landfall("check", write("cut.json", '{"deployment": {"password": "hunter2-hunter2'));
      assert.match(err, /is not valid JSON/);
      assert.doesNotMatch(err, /hunter2/);
    });

    it("ends with 1 when the report cannot be written", () => {
      const { status, err } = landfall("check", write("s.json", good), "--output", here("none/report.txt"));
      assert.equal(status, 1);
      assert.match(err, /report\.txt {2}cannot be written: ENOENT/);
    });

    it("shows how it is called when the command line is wrong", () => {
      for (const argv of [[], ["chek"], ["check"], ["check", "a", "--format", "pdf"]]) {
        const { status, err } = landfall(...argv);
        assert.equal(status, 1);
        assert.match(err, /landfall check FILE\.\.\./);
      }
    });
  });

  it("shows how it is called, and its version", () => {
    assert.match(landfall("--help").out, /^landfall check FILE/);
    assert.match(landfall("check", "--help").out, /^landfall check FILE/);
    const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as {
      version: string;
    };
    assert.equal(landfall("--version").out, `${version}\n`);
  });
});
