import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingTestPackages } from "../../../toolchain/commands/test-programs";

describe("missingTestPackages", () => {
  const path = process.env.PATH;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-path-"));
    process.env.PATH = folder;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const add = (program: string, status: number): void => {
    const file = join(folder, program);
    writeFileSync(file, `#!/bin/sh\nexit ${status}\n`);
    chmodSync(file, 0o755);
  };

  it("names every package on a computer that has none of the programs", () => {
    const packages = ["curl", "git", "openssh-client", "openssl", "python3", "python3-venv", "systemd"];
    assert.deepEqual(missingTestPackages(), packages);
  });

  it("leaves out what is there, whatever a program by itself would say", () => {
    for (const program of ["curl", "git", "ssh-keygen", "openssl", "systemd-analyze"]) add(program, 1);
    assert.deepEqual(missingTestPackages(), ["python3", "python3-venv"]);
  });

  it("looks whether Python can make environments, which Debian has apart", () => {
    add("python3", 1);
    assert.deepEqual(
      missingTestPackages().filter((name) => name.startsWith("python3")),
      ["python3-venv"],
    );
    add("python3", 0);
    assert.deepEqual(
      missingTestPackages().filter((name) => name.startsWith("python3")),
      [],
    );
  });
});
