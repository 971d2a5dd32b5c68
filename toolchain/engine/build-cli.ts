import * as fs from "node:fs";
import * as path from "node:path";

import { runBounded } from "./bounded-process";
import { digestOf, makeOnce, markUsed } from "./cache";
import { findGo } from "./go";
import { engineVersion } from "./versions";

/** A build on one slow core with a slow network takes about ten minutes; more means that it hangs. */
const buildSeconds = 30 * 60;
/** How often a running build says that it is alive. */
const signOfLifeMilliseconds = 30_000;

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const linkerFlags = `-s -w -X ${versionVariable}=${engineVersion}`;

/** The module that pins everything the CLI is built from: go.mod and the checksums of go.sum. */
const moduleFolder = path.join(__dirname, "cli");

/**
 * The Pulumi CLI, built from its Go module unless the cache holds it. Takes about 3 minutes on 2 cores and 2 GB of Go's
 * caches. The checksums of all sources are in go.sum, so a mirror of the Go proxy need not be trusted.
 *
 * @returns the path of the executable
 */
export async function buildCli(
  folder: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string> {
  const [goMod, goSum] = ["go.mod", "go.sum"].map((name) => fs.readFileSync(path.join(moduleFolder, name)));
  const digest = digestOf(goMod ?? "", goSum ?? "", linkerFlags, process.platform, process.arch);
  const place = path.join(folder, `cli-${digest}`);
  await makeOnce(place, (beside) => build(beside, env, oldestGo(String(goMod)), report), report);
  markUsed(place);
  return path.join(place, "pulumi");
}

function oldestGo(goMod: string): string {
  const match = /^go (\S+)$/m.exec(goMod);
  if (!match?.[1]) {
    throw new Error(`${moduleFolder}/go.mod  has no line "go <version>"; restore the file`);
  }
  return match[1];
}

async function build(
  beside: string,
  env: NodeJS.ProcessEnv,
  oldest: string,
  report: (line: string) => void,
): Promise<void> {
  const work = path.join(beside, "work");
  fs.mkdirSync(work);
  const go = await findGo(env, oldest, work, report);
  const source = path.join(work, "module");
  fs.cpSync(moduleFolder, source, { recursive: true });

  report(`building Pulumi ${engineVersion} with Go ${go.version}, once; about 3 minutes on 2 cores`);
  const started = Date.now();
  const life = setInterval(() => report(`still building, ${seconds(started)} s`), signOfLifeMilliseconds);
  const args = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", linkerFlags];
  const built = await runBounded(go.command, [...args, "-o", path.join(beside, "pulumi"), command], {
    seconds: buildSeconds,
    cwd: source,
    // A workspace or flags of the user's own would change what is built.
    env: { ...env, GOWORK: "off", GOFLAGS: "", CGO_ENABLED: "0", ...go.env },
  }).finally(() => clearInterval(life));
  if (!built.ok) {
    throw new Error(`go build of ${command} failed (${built.reason}); its last lines:\n${built.tail}`);
  }
  fs.rmSync(work, { recursive: true, force: true });
  report(`built Pulumi ${engineVersion} in ${seconds(started)} s`);
}

function seconds(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}
