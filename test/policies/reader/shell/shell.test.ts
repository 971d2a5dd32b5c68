import assert from "node:assert/strict";
import { HostView } from "../../../../policies/reader/host-view";
import { readUserData } from "../../../../policies/reader/read-user-data";

const read = (script: string): HostView => readUserData(`#!/bin/sh\n${script}`, "data");
const contents = (view: HostView): (string | null)[][] => view.files.map(({ path, content }) => [path, content]);
const produced = (view: HostView): string[] =>
  view.produced.map(({ path, how, target }) => `${how} ${path}${target === null ? "" : ` -> ${target}`}`);

describe("Shell", () => {
  const writing: [script: string, expected: (string | null)[][]][] = [
    ["cat > /a <<EOF\nhi\nEOF", [["/a", "hi\n"]]],
    ["cat <<'EOF' > /a\n$x\nEOF", [["/a", "$x\n"]]],
    ["cat <<EOF > /a\n$x\nEOF", [["/a", null]]],
    [
      "tee /a /b <<EOF >/dev/null\nhi\nEOF",
      [
        ["/a", "hi\n"],
        ["/b", "hi\n"],
      ],
    ],
    ["sudo tee -a /a <<< x", [["/a", null]]],
    ["echo hi > /a; echo ho >> /a", [["/a", "hi\nho\n"]]],
    ["printf 'a\\nb\\n' > /a", [["/a", "a\nb\n"]]],
    ["printf '%s' x > /a", [["/a", null]]],
    ["echo -n hi > /a", [["/a", "hi"]]],
    ["curl https://example.com/x > /a", [["/a", null]]],
    ["cd /srv/app && echo hi > x", [["/srv/app/x", "hi\n"]]],
    ["D=/srv; echo hi > $D/x", [["/srv/x", "hi\n"]]],
    ["echo hi > $UNKNOWN/x", []],
    [
      "echo a > /a; cp /a /b",
      [
        ["/a", "a\n"],
        ["/b", "a\n"],
      ],
    ],
    [
      "mkdir -p /d; echo a > /a; mv /a /d",
      [
        ["/a", "a\n"],
        ["/d/a", "a\n"],
      ],
    ],
    [
      "echo a > /a; install -m 644 /a /etc/systemd/system/",
      [
        ["/a", "a\n"],
        ["/etc/systemd/system/a", "a\n"],
      ],
    ],
    ["echo a > /a; sed -i s/a/b/ /a", [["/a", null]]],
    ["echo a > /a; sed s/a/b/ /a", [["/a", "a\n"]]],
    ["echo a > /a; rm -f /a", []],
    ["echo a > /d/a; rm -rf /d", []],
    ["bash -c 'echo hi > /a'", [["/a", "hi\n"]]],
    ["su - app -c 'echo hi > /a'", [["/a", "hi\n"]]],
    ["touch /a", [["/a", ""]]],
    [
      "(cd /srv; echo a > x); echo b > y",
      [
        ["/srv/x", "a\n"],
        ["/y", "b\n"],
      ],
    ],
    ["> /a", [["/a", ""]]],
  ];
  for (const [script, expected] of writing) {
    it(`writes ${JSON.stringify(expected)} for ${JSON.stringify(script)}`, () =>
      assert.deepEqual(contents(read(script)), expected));
  }

  const producing: [script: string, expected: string[]][] = [
    ["mkdir -p /srv/app /srv/data", ["directory /srv/app", "directory /srv/data"]],
    ["install -d -m 755 -o app /srv/app", ["directory /srv/app"]],
    ["git clone --depth 1 -b main https://example.com/app.git /srv/app", ["clone /srv/app"]],
    ["cd /opt; git clone git@example.com:me/app.git", ["clone /opt/app"]],
    ["git -C /srv clone https://example.com/app.git", ["clone /srv/app"]],
    ["curl -fsSL -o /opt/x https://example.com/x", ["download /opt/x"]],
    ["cd /opt; curl -fsSLO https://example.com/a/x.tgz", ["download /opt/x.tgz"]],
    ["wget -qO /opt/x https://example.com/x", ["download /opt/x"]],
    ["wget -P /opt https://example.com/x?y=1", ["download /opt/x"]],
    ["aws s3 cp s3://bucket/app.zip /tmp/", ["download /tmp/app.zip"]],
    ["aws s3 sync s3://bucket/app /srv/app --delete", ["download /srv/app"]],
    ["aws s3 cp /var/log/x s3://bucket/x", []],
    ["tar xzf /tmp/a.tgz -C /srv/app --strip-components=1", ["unpack /srv/app"]],
    ["cd /srv; tar -xf a.tar", ["unpack /srv"]],
    ["tar czf /tmp/a.tgz /srv", []],
    ["unzip -q a.zip -d /srv/app", ["unpack /srv/app"]],
    ["python3 -m venv /srv/app/env", ["build /srv/app/env"]],
    ["uv venv /srv/env", ["build /srv/env"]],
    ["cd /srv/app; npm ci", ["build /srv/app/node_modules"]],
    ["cp -r /tmp/x/. /srv/app", ["copy /srv/app"]],
    ["cp -r /tmp/x /srv/", ["copy /srv/x"]],
    ["rsync -a /tmp/x/ /srv/app", ["copy /srv/app"]],
    [
      "ln -s /etc/nginx/sites-available/a /etc/nginx/sites-enabled/",
      ["link /etc/nginx/sites-enabled/a -> /etc/nginx/sites-available/a"],
    ],
    [
      "ln -sf ../sites-available/a /etc/nginx/sites-enabled/a",
      ["link /etc/nginx/sites-enabled/a -> /etc/nginx/sites-available/a"],
    ],
    ["cd /srv; ln -sfn releases/1 current", ["link /srv/current -> /srv/releases/1"]],
  ];
  for (const [script, expected] of producing) {
    it(`produces ${JSON.stringify(expected)} for ${JSON.stringify(script)}`, () =>
      assert.deepEqual(produced(read(script)), expected));
  }

  const installing: [script: string, expected: string[]][] = [
    ["apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y -o X=y install nginx git=1:2", ["nginx", "git"]],
    ["PKGS='a b'; sudo -E apt install -y $PKGS", ["a", "b"]],
    ["dnf install -y nginx", ["nginx"]],
    ["apk add --no-cache nginx", ["nginx"]],
    ["/srv/env/bin/pip install -r requirements.txt", []],
    ["pip3 install 'gramex==1.94' uvicorn[standard] ./local", ["gramex", "uvicorn"]],
    ["python3.11 -m pip install flask", ["flask"]],
    ["npm install -g pm2@5 @scope/tool", ["pm2", "@scope/tool"]],
  ];
  for (const [script, expected] of installing) {
    it(`installs ${JSON.stringify(expected)} for ${JSON.stringify(script)}`, () =>
      assert.deepEqual(
        read(script).packages.map(({ name }) => name),
        expected,
      ));
  }

  it("knows the users that useradd and adduser make", () => {
    const view = read("useradd -r -m -d /srv/app -s /usr/sbin/nologin app\nadduser --system --group --home /srv web");
    assert.deepEqual(
      view.users.map(({ name }) => name),
      ["app", "web"],
    );
  });

  it("runs a script that is among the files", () => {
    const view = read(
      "cat > /opt/setup.sh <<'EOF'\n#!/bin/bash\nmkdir /srv/a\nEOF\nchmod +x /opt/setup.sh\n/opt/setup.sh",
    );
    assert.deepEqual(
      [view.opaque, view.produced.map(({ path, place }) => [path, place.file, place.line, place.sourceLine])],
      [[], [["/srv/a", "/opt/setup.sh", 2, 4]]],
    );
  });

  it("keeps the variables of a script that is sourced", () => {
    const view = read("echo 'APP=/srv/app' > /env; . /env; mkdir $APP");
    assert.deepEqual(produced(view), ["directory /srv/app"]);
  });

  it("ends with a script that runs itself", () => {
    const view = read("cat > /a.sh <<'EOF'\n#!/bin/sh\nsh /a.sh\nEOF\nsh /a.sh");
    assert.deepEqual(
      view.problems.map(({ kind, message }) => [kind, message]),
      [["unread", "scripts run one another more than 8 deep"]],
    );
  });

  const opaque: [script: string, what: string | undefined][] = [
    ["curl -fsSL https://example.com/install.sh | bash", "a script that is fetched while it runs"],
    ["curl -fsSL https://example.com/install.sh | sudo -E bash -", "a script that is fetched while it runs"],
    ["cd /srv/app && ./deploy.sh", "a script that is not among the files"],
    ["bash /srv/app/deploy.sh", "a script that is not among the files"],
    ["python3 /srv/app/setup.py", "a program that is run by an interpreter"],
    ["ansible-pull -U https://example.com/x", "a configuration manager"],
    ["docker run -d nginx", "containers, which are not read"],
    ["$PROGRAM x", "a program whose name is known only on the host"],
    ["systemctl daemon-reload", undefined],
    ["/usr/bin/systemctl daemon-reload", undefined],
    ["chmod 644 /a; chown app /a; sleep 1; nginx -t", undefined],
    ["bash --version", undefined],
  ];
  for (const [script, what] of opaque) {
    it(`${what ? "cannot read" : "has no doubts about"} ${JSON.stringify(script)}`, () =>
      assert.deepEqual(
        read(script).opaque.map((step) => step.what),
        what === undefined ? [] : [what],
      ));
  }
});
