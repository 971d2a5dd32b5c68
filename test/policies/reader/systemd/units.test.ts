import assert from "node:assert/strict";
import { readUserData } from "../../../../policies/reader/read-user-data";
import { UnitView } from "../../../../policies/reader/systemd/unit-view";

const write = (path: string, text: string): string => `cat > '${path}' <<'EOF'\n${text}\nEOF\n`;
const service = write(
  "/etc/systemd/system/app.service",
  "[Service]\nExecStart=/bin/a\n[Install]\nWantedBy=multi-user.target",
);

const read = (script: string): UnitView[] => [...readUserData(`#!/bin/sh\n${script}`, "data").units];
function app(script: string, name = "app.service"): UnitView {
  const unit = read(script).find((one) => one.name === name);
  assert.ok(unit, `no ${name}`);
  return unit;
}
const values = (unit: UnitView): string[] => unit.settings.map(({ key, value }) => `${key}=${value}`);

describe("readUnits", () => {
  const states: [script: string, enabled: string, started: string][] = [
    ["", "no", "no"],
    ["systemctl enable app", "yes", "no"],
    ["systemctl enable --now app.service", "yes", "yes"],
    ["systemctl start app", "no", "yes"],
    ["systemctl restart app", "no", "yes"],
    ["systemctl enable app; systemctl disable app", "no", "no"],
    ["systemctl enable --now app; systemctl stop app", "yes", "no"],
    ["systemctl enable app; reboot", "yes", "yes"],
    ["systemctl --user enable app", "no", "no"],
    ["sudo systemctl -q --no-block enable app", "yes", "no"],
    ["service app start", "no", "yes"],
    ["update-rc.d app defaults", "yes", "no"],
    ["systemctl enable $NAME", "unknown", "no"],
    ["NAME=app; systemctl enable --now $NAME", "yes", "yes"],
    ["systemctl mask app; systemctl enable --now app", "no", "no"],
    ["ln -s /dev/null /etc/systemd/system/app.service.x", "no", "no"],
    ["ln -s /etc/systemd/system/app.service /etc/systemd/system/multi-user.target.wants/app.service", "yes", "no"],
    ["curl https://example.com | sh", "unknown", "unknown"],
  ];
  for (const [script, enabled, started] of states) {
    it(`says enabled ${enabled}, started ${started} after ${JSON.stringify(script)}`, () => {
      const unit = app(`${service}${script}`);
      assert.deepEqual([unit.enabled, unit.started], [enabled, started]);
    });
  }

  it("says of a unit that a package brings what commands do to it, and no more", () => {
    const nginx = app("systemctl start nginx", "nginx.service");
    assert.deepEqual(
      [nginx.hasOwnFile, nginx.complete, nginx.enabled, nginx.started],
      [false, false, "unknown", "yes"],
    );
  });

  it("knows a unit whose file comes out of a clone, though not what is in it", () => {
    const unit = app("git clone https://x/y /srv/y\ncp /srv/y/app.service /etc/systemd/system/\nsystemctl enable app");
    assert.deepEqual([unit.hasOwnFile, unit.complete, unit.enabled, unit.settings], [true, false, "yes", []]);
  });

  it("follows a link to the unit's file", () => {
    const file = write("/srv/app/app.service", "[Service]\nUser=app");
    const unit = app(`${file}ln -s /srv/app/app.service /etc/systemd/system/app.service`);
    assert.deepEqual([values(unit), unit.hasOwnFile, unit.place.file], [["User=app"], true, "/srv/app/app.service"]);
  });

  it("takes the file that systemctl is given in place of a unit", () => {
    const file = write("/srv/app/app.service", "[Service]\nUser=app");
    const unit = app(`${file}systemctl enable /srv/app/app.service`);
    assert.deepEqual([values(unit), unit.enabled], [["User=app"], "yes"]);
  });

  it("says that a unit is masked when its name leads to nothing", () => {
    assert.equal(app("ln -s /dev/null /etc/systemd/system/app.service").masked, true);
  });

  it("adds drop-ins by file name, the most specific folder's where two have one name", () => {
    const dropIn = (folder: string, file: string, value: string): string =>
      write(`/etc/systemd/system/${folder}.d/${file}.conf`, `[Service]\nX=${value}`);
    const unit = app(
      write("/etc/systemd/system/web-app.service", "[Service]\nX=own") +
        dropIn("web-app.service", "20", "twenty") +
        dropIn("service", "10", "every") +
        dropIn("web-.service", "20", "loses") +
        dropIn("web-.service", "30", "dashed") +
        dropIn("other.service", "40", "another's"),
      "web-app.service",
    );
    assert.deepEqual(values(unit), ["X=own", "X=every", "X=twenty", "X=dashed"]);
  });

  it("lets the administrator's folder win over the distribution's", () => {
    const unit = app(
      write("/lib/systemd/system/app.service", "[Service]\nX=theirs") +
        write("/etc/systemd/system/app.service", "[Service]\nX=ours"),
    );
    assert.deepEqual(values(unit), ["X=ours"]);
  });

  it("makes the instances of a template that are named somewhere", () => {
    const template = write("/etc/systemd/system/app@.service", "[Service]\nX=%i");
    const more = write("/etc/systemd/system/app@b.service.d/x.conf", "[Service]\nY=1");
    const units = read(`${template}${more}systemctl enable app@a.service`);
    assert.deepEqual(
      units.map((unit) => [unit.name, unit.enabled, unit.hasOwnFile, values(unit)]),
      [
        ["app@a.service", "yes", true, ["X=%i"]],
        ["app@b.service", "no", true, ["X=%i", "Y=1"]],
      ],
    );
  });

  it("shows a template of which no instance is named as it is", () => {
    assert.deepEqual(
      read(write("/etc/systemd/system/app@.service", "[Service]\nX=%i")).map(({ name }) => name),
      ["app@.service"],
    );
  });

  it("names what brings a unit up", () => {
    const units = read(
      service +
        write("/etc/systemd/system/app.socket", "[Socket]\nListenStream=80") +
        write("/etc/systemd/system/nightly.timer", "[Timer]\nUnit=app.service") +
        write("/etc/systemd/system/site.target", "[Unit]\nWants=app.service other.service"),
    );
    assert.deepEqual(units.find(({ name }) => name === "app.service")?.activators, [
      "app.socket",
      "nightly.timer",
      "site.target",
    ]);
  });

  it("reports what is wrong with a unit's text, with its place in the source", () => {
    const view = readUserData(`#!/bin/sh\n${write("/etc/systemd/system/app.service", "[Service]\nUser app")}`, "data");
    assert.deepEqual(view.problems, [
      {
        kind: "broken",
        place: { file: "/etc/systemd/system/app.service", line: 2, sourceLine: 4 },
        message: 'has no "=", so systemd ignores it',
      },
    ]);
  });
});
