import { spawn } from "node:child_process";
import * as path from "node:path";

import { runBounded } from "../../toolchain/engine/bounded-process";
import { cacheFolder, digestOf, makeOnce, markUsed, removeUnused } from "../../toolchain/engine/cache";

/** What the scripts beside this file import, with what moto's server needs for the services in use. */
const requirements = [
  "botocore==1.44.5",
  "boto3==1.44.5",
  "moto[ec2,s3,iam,ssm,route53]==5.2.5",
  "flask==3.1.3",
  "flask-cors==6.0.5",
  "regex==2026.11.15",
];

/** Longest time to fetch 30 MB of packages and unpack them. */
const installSeconds = 600;

/** Time after which an environment that no test asked for is removed. */
const unusedDays = 30;

/**
 * The Python that can run the scripts; its packages come from PyPI the first time on this computer and are kept.
 * @throws with pip's own words when they cannot be had
 */
export async function pythonWithAws(report: (line: string) => void): Promise<string> {
  const folder = cacheFolder("test-environments", digestOf("aws", ...requirements));
  const made = await makeOnce(
    folder,
    async (beside) => {
      report("fetching botocore and moto from PyPI");
      await succeed("python3", ["-m", "venv", beside], 60);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements];
      await succeed(path.join(beside, "bin", "python3"), pip, installSeconds);
    },
    report,
  );
  markUsed(folder);
  if (made) removeUnused(path.dirname(folder), unusedDays);
  return path.join(folder, "bin", "python3");
}

async function succeed(command: string, args: string[], seconds: number): Promise<void> {
  const { ok, reason } = await runBounded(command, args, { seconds, env: process.env });
  if (!ok) throw new Error(`${command} ${args.slice(0, 3).join(" ")}: ${reason}`);
}

/** Runs a script of this folder, hands it a value and takes one back, both as JSON. */
export function runScript<Result>(python: string, script: string, given: unknown): Promise<Result> {
  const child = spawn(python, [path.join(__dirname, script)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" },
  });
  const [shown, told]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (data: Buffer) => shown.push(data));
  child.stderr.on("data", (data: Buffer) => told.push(data));
  child.stdin.end(JSON.stringify(given));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(shown).toString()) as Result);
      else reject(new Error(`${script} ended with ${code}: ${Buffer.concat(told).toString().trim()}`));
    });
  });
}
