import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { runBounded } from "./bounded-process";
import { digestOf, makeOnce, markUsed } from "./cache";
import { findGo } from "./go";

/** A build on one slow core with a slow network takes about ten minutes; more means that it hangs. */
const buildSeconds = 30 * 60;
/** How often a running build says that it is alive. */
const signOfLifeMilliseconds = 30_000;

/** A program that is built from its Go module. */
export interface GoProgram {
  /** Of the executable; its folder in the cache begins with it. */
  readonly name: string;
  /** What a user calls it, with its version. */
  readonly title: string;
  /** How long a build takes, for the user who waits. */
  readonly duration: string;
  /** The folder with go.mod and go.sum, which pin everything that it is built from. */
  readonly module: string;
  /** Path of its main package. */
  readonly command: string;
  readonly linkerFlags: string;
}

/**
 * Builds a program unless the cache holds it. The checksums of all sources are in go.sum, so a mirror of the Go proxy
 * need not be trusted.
 *
 * @returns the path of the executable
 */
export async function buildGoProgram(
  program: GoProgram,
  folder: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string> {
  const [goMod, goSum] = ["go.mod", "go.sum"].map((name) => fs.readFileSync(path.join(program.module, name)));
  const digest = digestOf(goMod ?? "", goSum ?? "", program.linkerFlags, process.platform, process.arch);
  const place = path.join(folder, `${path.basename(program.module)}-${digest}`);
  await makeOnce(
    place,
    (beside) => build(program, beside, env, oldestGo(program.module, String(goMod)), report),
    report,
  );
  markUsed(place);
  return path.join(place, program.name);
}

function oldestGo(module: string, goMod: string): string {
  const match = /^go (\S+)$/m.exec(goMod);
  if (!match?.[1]) {
    throw new Error(`${module}/go.mod  has no line "go <version>"; restore the file`);
  }
  return match[1];
}

async function build(
  program: GoProgram,
  beside: string,
  env: NodeJS.ProcessEnv,
  oldest: string,
  report: (line: string) => void,
): Promise<void> {
  const work = path.join(beside, "work");
  fs.mkdirSync(work);
  const go = await findGo(env, oldest, work, report);
  const source = path.join(work, "module");
  fs.cpSync(program.module, source, { recursive: true });

  report(`building ${program.title} with Go ${go.version}, once; ${program.duration}`);
  const started = Date.now();
  const life = setInterval(() => report(`still building, ${seconds(started)} s`), signOfLifeMilliseconds);
  // Debug information is stripped in the end; not to make it saves a sixth of the time.
  const leave = ["-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false"];
  const args = ["build", "-mod=readonly", ...leave, "-ldflags", program.linkerFlags];
  const built = await runBounded(go.command, [...args, "-o", path.join(beside, program.name), program.command], {
    seconds: buildSeconds,
    cwd: source,
    // A workspace or flags of the user's own would change what is built.
    env: { ...collection(), ...env, GOWORK: "off", GOFLAGS: "", CGO_ENABLED: "0", ...go.env },
  }).finally(() => clearInterval(life));
  if (!built.ok) {
    throw new Error(`go build of ${program.command} failed (${built.reason}); its last lines:\n${built.tail}`);
  }
  fs.rmSync(work, { recursive: true, force: true });
  report(`built ${program.title} in ${seconds(started)} s`);
}

/** Memory from which the compiler need not be thrifty: two large packages at once then take 2 GB each at most. */
const plentyBytes = 6 * 1024 ** 3;

/** Where there is memory, the compiler collects its garbage less often, which saves an eighth of its time. */
function collection(): NodeJS.ProcessEnv {
  return os.freemem() >= plentyBytes ? { GOGC: "400" } : {};
}

function seconds(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}
