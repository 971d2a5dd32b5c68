import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { HostView } from "../../../policies/reader/host-view";
import { answeringScopes } from "../../../policies/reader/nginx/scopes";
import { effective } from "../../../policies/reader/nginx/effective";
import { locate } from "../../../policies/reader/nginx/locate";
import { readNginx } from "../../../policies/reader/read-nginx";
import { readPlan } from "../../../policies/reader/read-plan";
import { readUserData } from "../../../policies/reader/read-user-data";
import { commandLines, settings } from "../../../policies/reader/systemd/settings";

const secret = "hunter2-hunter2";

const cloudConfig = `#cloud-config
users: [default, {name: app, passwd: ${secret}}]
packages: [nginx, [git, "1:2"]]
write_files:
- path: /etc/nginx/nginx.conf
  content: |
    events {}
    http { add_header X-Key "${secret}"; include conf.d/*.conf; server { listen 443 ssl; location ~ "\\.(a|b)$" { return 403; } } }
- &unit {path: /etc/systemd/system/app.service, encoding: b64, content: ${Buffer.from(`[Service]\nEnvironment=KEY=${secret}\nExecStart=/bin/a \\\n  b\n`).toString("base64")}}
- {<<: *unit, path: /etc/systemd/system/app.service.d/x.conf, append: true}
runcmd:
- [systemctl, enable, --now, app]
- |
  cat > /etc/nginx/conf.d/a.conf <<EOF
  server { server_name \${NAME:-a.test}; location / { proxy_pass http://127.0.0.1:80; } }
  EOF
  curl -u user:${secret} -o "/opt/$(date)" https://example.com/x && ( cd /opt; tar xzf x ) || true
`;
const message = `Content-Type: multipart/mixed; boundary="==b"
MIME-Version: 1.0

--==b
Content-Type: text/cloud-config; charset="utf-8"
Content-Transfer-Encoding: base64

${Buffer.from(cloudConfig).toString("base64")}
--==b
Content-Type: text/x-shellscript

#!/bin/bash -e
export KEY='${secret}'
for i in 1 2; do mkdir -p "/srv/$i"; done
--==b--
`;
const plan = JSON.stringify({
  format: 1,
  debian: 12,
  packages: ["nginx"],
  users: [],
  directories: [],
  files: [
    {
      path: "/etc/nginx/nginx.conf",
      content: "http { server { } }",
      mode: "0644",
      owner: "root",
      group: "root",
      change: { effect: "none", units: [] },
    },
  ],
  releases: [],
  secrets: [],
  certificates: [],
  apps: [],
  units: [{ name: "nginx.service", app: null }],
  health: [{ app: secret, web: null, port: null, contains: null, startSeconds: 1 }],
});
const windows = `<powershell>\n$key = "${secret}"\n</powershell>\n<persist>true</persist>`;
const samples = [
  cloudConfig,
  message,
  plan,
  windows,
  "#cloud-config-archive\n- |\n  #!/bin/sh\n  true\n",
  "#!/bin/sh\necho $((1+2))\n",
];

/** Everything that a rule may ask of a view. */
function askAll(view: HostView): void {
  for (const unit of view.units) {
    settings(unit, "Service", "Environment");
    commandLines(unit, "ExecStart");
  }
  for (const server of view.nginx?.servers ?? []) {
    locate(server, "/a/.git/x.php");
    for (const scope of answeringScopes(server)) effective(scope, "add_header");
  }
}

function readAll(input: string | Uint8Array): HostView[] {
  const text = typeof input === "string" ? input : Buffer.from(input).toString("utf8");
  const views = [
    readUserData(input, "data"),
    readPlan(text, "plan"),
    readNginx([{ path: "nginx.conf", content: text }], "folder"),
  ];
  views.forEach(askAll);
  return views;
}

const reasons = (views: readonly HostView[]): string[] =>
  views.flatMap(({ problems }) => problems.map(({ message: reason }) => reason));

function assertSound(views: readonly HostView[]): void {
  assert.deepEqual(
    reasons(views).filter((reason) => reason.includes("the reader failed")),
    [],
  );
}

/** A sample in which pieces are cut out, put twice or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(60),
        fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom(..."{}[]'\"\\$`;|&<>#%\n\t=:-*!@\0")),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([sample, changes]) =>
    changes.reduce((text, [at, length, put]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + length);
    }, sample),
  );

describe("the reader", () => {
  it("finds nothing to complain of in its samples", () => {
    assert.deepEqual(reasons([readUserData(cloudConfig, "a"), readUserData(message, "b"), readPlan(plan, "c")]), []);
  });

  it("never fails on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assertSound(readAll(bytes))),
      { numRuns: 300 },
    );
  });

  it("never fails on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => assertSound(readAll(text))),
      { numRuns: 300 },
    );
  });

  it("never fails on user data in which something was changed", () => {
    fc.assert(
      fc.property(mutated, (text) => assertSound(readAll(text))),
      { numRuns: 1500 },
    );
  });

  it("reports gzip that is cut off at any byte", () => {
    const bytes = gzipSync(message);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: bytes.length - 1 }), (length) => {
        const view = readUserData(bytes.subarray(0, length), "data");
        assert.ok(view.problems.length > 0);
        assertSound([view]);
      }),
    );
  });

  it("reports a message that is cut off at any byte of its parts", () => {
    const from = message.indexOf("--==b\n");
    fc.assert(
      fc.property(fc.integer({ min: from, max: message.length - 4 }), (length) => {
        assert.notDeepEqual(readUserData(message.slice(0, length), "data").problems, []);
      }),
    );
  });

  it("repeats no secret of what it cannot read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.constantFrom('"', "'", "}", "\t", "\0", ": ", "${"),
        (sample, at, put) => {
          const start = at % sample.length;
          const views = readAll(sample.slice(0, start) + put + sample.slice(start));
          assert.deepEqual(
            reasons(views).filter((reason) => reason.includes(secret)),
            [],
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
