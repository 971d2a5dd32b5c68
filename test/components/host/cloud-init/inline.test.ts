import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";

import { App } from "../../../../components/app/app";
import { esg } from "../../../../components/app/presets/esg";
import { gramex } from "../../../../components/app/presets/gramex";
import { staticSite } from "../../../../components/app/presets/static-site";
import { LogRotation } from "../../../../components/app/web-logs";
import { inlineSizeProblems, inlineUserData } from "../../../../components/host/cloud-init/inline";
import { inlineProblems } from "../../../../components/host/cloud-init/inline-problems";
import { userDataLimitBytes } from "../../../../components/host/cloud-init/user-data";
import { directHops } from "../../../../components/host/hops";
import { HostPlan } from "../../../../components/host/plan";
import { HostPlanArgs, planHost } from "../../../../components/host/plan-host";
import { ssmAgent } from "../../../../components/host/ssm-agent";

const git = { url: "https://git.example.com/apps.git", ref: "0123456789abcdef0123456789abcdef01234567" };
const live = esg({ name: "live", app: "main:app", source: { git }, routes: [{ domain: "live.example.com" }] });
const site = staticSite({ name: "site", source: { git }, domains: ["example.com"] });
const acme = { directory: "https://acme.example.com/directory", email: "admin@example.com" };
const plan = (apps: App[], more: Partial<HostPlanArgs> = {}): HostPlan =>
  planHost({ apps, code: {}, debian: 12, hops: directHops, ...more });

interface CloudConfig {
  write_files: { path: string; content: string }[];
  runcmd: string[][];
}
const fileOf = (text: string, path: string): string =>
  (parse(text) as CloudConfig).write_files.find((file) => file.path === path)?.content ?? "";
const program = (text: string): string => fileOf(text, "/usr/local/lib/landfall/bootstrap.py");

describe("user data that carries plan and program", () => {
  it("is a text that is handed over compressed", () => {
    const { text, base64, bytes } = inlineUserData({ plan: plan([site]) });
    const packed = Buffer.from(base64, "base64");
    assert.equal(gunzipSync(packed).toString(), text);
    assert.equal(packed.length, bytes);
    assert.ok(text.startsWith("#cloud-config\n"));
  });

  it("leaves it to Debian's nginx to have logs put aside, where nothing else is said", () => {
    const paths = (rotate?: LogRotation): string[] => {
      const { text } = inlineUserData({ plan: plan([site], rotate && { web: { logs: { rotate } } }) });
      const { files, packages } = JSON.parse(fileOf(text, "/etc/landfall/plan.json")) as HostPlan;
      assert.ok(packages.includes("logrotate"));
      return files.map(({ path }) => path).filter((path) => path.startsWith("/etc/logrotate.d/"));
    };
    assert.deepEqual(paths(), []);
    assert.deepEqual(paths({ keep: 3 }), ["/etc/logrotate.d/nginx"]);
  });

  it("is the same for the same plan, whenever it is made", () => {
    assert.equal(inlineUserData({ plan: plan([site]) }).base64, inlineUserData({ plan: plan([site]) }).base64);
    assert.deepEqual(
      [...Buffer.from(inlineUserData({ plan: plan([site]) }).base64, "base64").subarray(4, 10)],
      [0, 0, 0, 0, 2, 3],
    );
  });

  it("is small enough for EC2 with a Python app, its code from git, and a certificate of Let's Encrypt", () => {
    const made = inlineUserData({ plan: plan([live], { certificates: { acme } }) });
    assert.ok(made.bytes <= userDataLimitBytes, `${made.bytes} bytes: ${JSON.stringify(made.parts)}`);
    assert.deepEqual(inlineSizeProblems(made, "store"), []);
  });

  it("has units and web server as they are planned, without comments", () => {
    const found = JSON.parse(
      fileOf(inlineUserData({ plan: plan([live]) }).text, "/etc/landfall/plan.json"),
    ) as HostPlan;
    const lines = (text: string): string[] => text.split("\n").filter((line) => !/^\s*#/.test(line));
    const planned = plan([live]).files.filter(({ path }) => !path.startsWith("/etc/logrotate.d/"));
    for (const [index, file] of planned.entries()) {
      if (file.path.endsWith(".py")) continue;
      assert.deepEqual(found.files[index]?.content.split("\n"), lines(file.content), file.path);
    }
  });

  const everything = {
    certificates: { acme },
    downloads: [ssmAgent("amd64")],
  };
  for (const [what, made] of [
    ["a site of files", inlineUserData({ plan: plan([site]) })],
    ["a Python app from git", inlineUserData({ plan: plan([live]) })],
    ["all that there is", inlineUserData({ plan: plan([live, site], everything), dataVolume: {} })],
  ] as const) {
    it(`has a program with all its names for ${what}`, () => {
      // Names that are read and that nothing gives a meaning to: what a stand-in or a missing part would leave.
      const script = `
import ast, builtins, sys
tree = ast.parse(sys.stdin.read())
given = {name for node in ast.walk(tree) for name in (
    [node.id] if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) else
    [node.arg] if isinstance(node, ast.arg) else
    [node.name] if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name else
    [(one.asname or one.name).split(".")[0] for one in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else [])}
read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
print(sorted(read - given - set(dir(builtins)) - {"__file__", "__name__"}))
`;
      assert.equal(
        execFileSync("python3", ["-c", script], { input: program(made.text), encoding: "utf8" }).trim(),
        "[]",
      );
    });
  }

  it("leaves out of the program what the plan does not need", () => {
    const small = program(inlineUserData({ plan: plan([site]) }).text);
    for (const word of ["certbot", "UV_CACHE_DIR", "mkfs.ext4", "dpkg-deb", "x-amz-date", "tarfile"])
      assert.ok(!small.includes(word), word);
    const large = program(inlineUserData({ plan: plan([live, site], everything), dataVolume: {} }).text);
    for (const word of ["certbot", "UV_CACHE_DIR", "mkfs.ext4", "dpkg-deb"]) assert.ok(large.includes(word), word);
  });

  it("has the volume mounted by its own program", () => {
    const { text } = inlineUserData({ plan: plan([site]), dataVolume: {} });
    assert.match(
      fileOf(text, "/etc/systemd/system/landfall-volume.service"),
      /^ExecStart=.* \/usr\/local\/lib\/landfall\/bootstrap\.py --mount-data-volume ""$/m,
    );
  });

  it("tells the size of each part and what to move when it is too much", () => {
    const dashboards = ["a", "b", "c", "d"].map((name) =>
      gramex({ name, source: { git }, routes: [{ domain: `${name}.example.com` }] }),
    );
    const made = inlineUserData({ plan: plan(dashboards, everything) });
    const [problem] = inlineSizeProblems(made, "store");
    assert.equal(problem?.path, "store");
    assert.match(
      problem?.reason ?? "",
      new RegExp(
        `^need ${made.bytes} bytes of compressed user data, ${made.bytes - userDataLimitBytes} more than the 16384 that EC2 takes \\(the program \\d+, `,
      ),
    );
    for (const { name, bytes } of made.parts) assert.ok(problem?.reason.includes(`${name} ${bytes}`), name);
    assert.match(problem?.fix ?? "", /store|another host/);
  });
});

describe("what cannot travel in user data", () => {
  it("is a directory, and a secret that somebody has to bring: each with its path", () => {
    const apps: App[] = [
      live,
      { ...live, name: "b", source: { directory: "b" }, secrets: [{ name: "x", generate: true }, { name: "key" }] },
    ];
    assert.deepEqual(
      inlineProblems(apps).map(({ path, value }) => [path, value]),
      [
        ["apps[1].source.directory", "b"],
        ["apps[1].secrets[1]", "key"],
      ],
    );
  });

  it("is nothing of an app from git or a package index whose secrets the host makes up", () => {
    const fromIndex: App = { ...live, source: { package: { name: "live", version: "1.0" } } };
    assert.deepEqual(inlineProblems([live, fromIndex, { ...live, secrets: [{ name: "x", generate: true }] }]), []);
  });
});
