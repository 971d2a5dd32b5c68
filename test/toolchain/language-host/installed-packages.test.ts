import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { installedPackages, packageRoot, requiredProviders } from "../../../toolchain/language-host/installed-packages";
import { temporaryFolder } from "../engine/temporary-folder";

describe("packages of a program", () => {
  const folder = temporaryFolder();

  function install(where: string, manifest: Record<string, unknown>): void {
    const place = path.join(folder(), where, "node_modules", String(manifest.name));
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, "package.json"), JSON.stringify(manifest));
  }

  it("are those of the nearest node_modules, nested and scoped ones too", () => {
    install("", { name: "yaml", version: "2.9.1" });
    install("", { name: "@pulumi/tls", version: "5.5.1" });
    install("node_modules/yaml", { name: "tar", version: "7.0.0" });
    const program = path.join(folder(), "stacks");
    fs.mkdirSync(program);
    assert.deepEqual(
      installedPackages(program).map(({ name, version }) => `${name} ${version}`),
      ["@pulumi/tls 5.5.1", "yaml 2.9.1", "tar 7.0.0"],
    );
  });

  it("leaves out folders that are no packages", () => {
    install("", { name: "yaml", version: "2.9.1" });
    fs.mkdirSync(path.join(folder(), "node_modules", ".bin"));
    fs.mkdirSync(path.join(folder(), "node_modules", "half-installed"));
    assert.deepEqual(
      installedPackages(folder()).map(({ name }) => name),
      ["yaml"],
    );
  });

  it("have their root where the nearest package.json is", () => {
    const program = path.join(folder(), "a", "b");
    fs.mkdirSync(program, { recursive: true });
    fs.writeFileSync(path.join(folder(), "package.json"), "{}");
    assert.equal(packageRoot(program), folder());
  });
});

describe("requiredProviders", () => {
  it("names the provider of each SDK once, without the v of its version", () => {
    const tls = { name: "@pulumi/tls", version: "5.5.1", pulumi: { resource: true, name: "tls", version: "v5.5.1" } };
    const providers = requiredProviders([tls, { name: "yaml", version: "2.9.1" }, tls]);
    assert.deepEqual(providers, [{ name: "tls", version: "5.5.1", server: "" }]);
  });

  it("takes the name from the package where the SDK does not say it", () => {
    const sdks = ["@pulumi/aws", "@acme/cloud", "plain"].map((name) => ({
      name,
      version: "1.0.0",
      pulumi: { resource: true },
    }));
    assert.deepEqual(
      requiredProviders(sdks).map(({ name }) => name),
      ["acme/cloud", "aws", "plain"],
    );
  });

  it("keeps what another provider is to be made into, and where it is fetched from", () => {
    const parameterization = { name: "random", version: "3.0.0", value: "e30=" };
    const pulumi = { resource: true, name: "terraform-provider", server: "https://x.example", parameterization };
    assert.deepEqual(requiredProviders([{ name: "random", version: "1.0.0", pulumi }]), [
      { name: "terraform-provider", version: "1.0.0", server: "https://x.example", parameterization },
    ]);
  });

  it("leaves out a Pulumi package without a provider, such as this library", () => {
    assert.deepEqual(requiredProviders([{ name: "landfall", version: "0.1.0", pulumi: { resource: false } }]), []);
  });
});
