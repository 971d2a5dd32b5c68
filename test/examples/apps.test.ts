import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chooseDebian } from "../../components/app/debian";
import { packDirectory } from "../../components/app/pack";
import { validateApps } from "../../components/app/validate";
import { exampleApps, mailSinkApp } from "../../examples/apps";

describe("the example apps", () => {
  const apps = exampleApps({ domain: "landfall.localhost", mailHost: "mail.internal" });

  it("have nothing wrong with them, their files included", () => {
    assert.deepEqual(validateApps([...apps, mailSinkApp()], existsSync), []);
  });

  it("answer under two domains", () => {
    const places = apps.flatMap((app) => app.routes!.map((route) => `${route.domain}${route.path ?? "/"}`));
    assert.deepEqual(places, ["landfall.localhost/", "landfall.localhost/dashboard/", "live.landfall.localhost/"]);
  });

  it("run on Debian 12, because of Gramex", () => {
    assert.equal(chooseDebian(apps).debian, 12);
    assert.equal(chooseDebian(apps.filter((app) => app.name !== "dashboard")).debian, 13);
  });

  it("are small: together they fit into the user data of an EC2 instance", () => {
    const bytes = apps.map((app) => packDirectory(app.source.directory!).archive.length);
    assert.ok(bytes.reduce((sum, size) => sum + size) < 16384, `${bytes.join(" + ")} bytes`);
  });

  it("reach the mail server and nothing else", () => {
    assert.deepEqual(
      apps.flatMap((app) => app.reach ?? []),
      [{ port: "submission", peer: "mail.internal" }],
    );
  });

  it("take an address for the mail server as well as a name", () => {
    const reach = (mailHost: string) =>
      exampleApps({ domain: "a.example", mailHost }).flatMap((app) => app.reach ?? [])[0]!.peer;
    assert.equal(reach("10.0.0.7"), "10.0.0.7/32");
    assert.equal(reach("2001:db8::7"), "2001:db8::7/128");
  });

  it("install nothing that is not pinned", () => {
    for (const app of [...apps, mailSinkApp()]) {
      const { requirements } = packDirectory(app.source.directory!, { requirements: app.python!.requirements });
      const lines = requirements!.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      for (const line of [...lines, ...(app.python!.packages ?? [])])
        assert.match(line, /^[\w.-]+(\[\w+\])?==[\w.]+( ; .+)?$/, `${app.name}: ${line}`);
    }
  });
});
