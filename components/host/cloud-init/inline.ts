import { gzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../app/problem";
import { compact } from "../apply/compact";
import { applyModules, bundle, moduleText } from "../apply/program";
import { reachable } from "../apply/reachable";
import { shorten } from "../apply/shorten";
import { canonicalJson } from "../digest";
import { doesAsDebian } from "../logs/rotation";
import { nginxFolder } from "../nginx/files";
import { HostPlan, PlannedFile } from "../plan";
import { bootstrapPath, planPath } from "./units";
import { DataVolume, file, hostCloudConfig, userDataLimitBytes, volumeFiles } from "./user-data";

/** What user data is made from that carries everything a host needs. */
export interface InlineUserDataArgs {
  plan: HostPlan;
  /** @default none: everything is on the host's own disk */
  dataVolume?: DataVolume;
}

/** A part of user data. */
export interface UserDataPart {
  /** What it is, in words. */
  name: string;
  /** Its size when it is compressed by itself. */
  bytes: number;
}

/** User data that carries plan and program. */
export interface InlineUserData {
  /** The text that cloud-init reads. */
  text: string;
  /** The text compressed by gzip, which cloud-init undoes, in base64. */
  base64: string;
  /** Size of the compressed text: what EC2 counts. */
  bytes: number;
  /** What it is made of. Together they are smaller than their sum. */
  parts: UserDataPart[];
}

/**
 * User data for any cloud with cloud-init that carries plan and program: no store is needed, and a change to the plan
 * means another host. The plan must not need code or secrets that somebody would have to bring: see `inlineProblems`.
 */
export function inlineUserData({ plan: whole, dataVolume }: InlineUserDataArgs): InlineUserData {
  // No later plan takes a file away here, after which Debian's would be missed.
  const needed = whole.files.filter((one) => !doesAsDebian(one));
  const plan = { ...whole, files: needed.map(withoutComments) };
  const program = inlineProgram(plan, dataVolume !== undefined);
  const planText = canonicalJson(plan);
  const text = hostCloudConfig([
    file(planPath, planText),
    file(bootstrapPath, program),
    ...(dataVolume ? volumeFiles(dataVolume, bootstrapPath) : []),
  ]);
  const packed = gzip(text);
  const isWeb = (path: string): boolean => path.startsWith(plan.web?.folder ?? `${nginxFolder}/`);
  const parts = {
    "the program": program,
    "the web server's configuration": canonicalJson(plan.files.filter(({ path }) => isWeb(path))),
    "units and other files": canonicalJson(plan.files.filter(({ path }) => !isWeb(path))),
    "the rest of the plan": canonicalJson({ ...plan, files: [] }),
    "the frame of cloud-init": hostCloudConfig([]),
  };
  return {
    text,
    base64: packed.toString("base64"),
    bytes: packed.length,
    parts: Object.entries(parts).map(([name, part]) => ({ name, bytes: gzip(part).length })),
  };
}

/** The same file without what is written for people. No line that our renderers break begins with a number sign. */
function withoutComments(one: PlannedFile): PlannedFile {
  if (one.path.endsWith(".py") || one.content.startsWith("#!/usr/bin/python3"))
    return { ...one, content: compact(one.content) };
  return { ...one, content: one.content.replace(/^[ ]*#(?!!).*\n/gm, "") };
}

/** A module of the apply program that only some plans need, and what stands in for it in the programs of the others. */
interface Dispensable {
  needed: (plan: HostPlan, hasVolume: boolean) => boolean;
  standIn: string;
}

const dispensable: Readonly<Record<string, Dispensable>> = {
  certificates: {
    needed: (plan) => plan.acme !== undefined,
    standIn: 'def get_certificates(*_): return []\ndef certificates_message(_): return ""\n',
  },
  certificate_names: {
    needed: ({ certificates }) =>
      certificates.some(({ names, selfSigned, parameter }) => names || selfSigned || parameter),
    standIn:
      'def asked_names(plan): return {one["domain"]: [one["domain"]] for one in plan["certificates"]}\n' +
      'def is_for(path, _): return os.path.exists(path)\ndef name_words(names): return ["--domain", *names]\n',
  },
  downloads: {
    needed: (plan) => plan.downloads !== undefined,
    standIn: "def install_downloads(*_): pass\n",
  },
  environments: {
    needed: (plan) => plan.releases.some(({ python }) => python !== null),
    standIn: "def Environments(*_): pass\n",
  },
  greeting: {
    needed: ({ health }) => health.some(({ port }) => port !== null),
    standIn: "ANSWER_LIMIT = 1 << 20\ndef ask_port(*_): pass\n",
  },
  releases: {
    needed: (plan) => plan.releases.some(({ source }) => source.git !== null),
    standIn: "def fetch_git(*_): pass\n",
  },
  volume: {
    needed: (_, hasVolume) => hasVolume,
    standIn: "def ready_volume(): pass\ndef mount_for_unit(_): pass\n",
  },
};

/** The program that applies the one plan of a host: what of the apply program that plan needs, without what leads back. */
function inlineProgram(plan: HostPlan, hasVolume: boolean): string {
  const modules = applyModules
    .filter((name) => name !== "main")
    .map((name): [string, string] => {
      const choice = dispensable[name];
      return [name, choice && !choice.needed(plan, hasVolume) ? choice.standIn : moduleText(name)];
    });
  const main = readFileSync(join(__dirname, "inline.py"), "utf8");
  return shorten(reachable(compact(bundle([...modules, ["inline", main]]))));
}

/**
 * gzip that says nothing of when and where it was made. Not by Node.js, whose versions pack differently: other user data
 * would stop a machine for nothing.
 */
function gzip(text: string): Buffer {
  return Buffer.from(gzipSync(Buffer.from(text, "utf8"), { level: 9, mem: 12, mtime: 0 }));
}

/** What is wrong with the size of user data. The limit is EC2's unless another cloud's is given. */
export function inlineSizeProblems(
  { bytes, parts }: InlineUserData,
  path: string,
  limitBytes: number = userDataLimitBytes,
): Problem[] {
  if (bytes <= limitBytes) return [];
  const shares = [...parts].sort((a, b) => b.bytes - a.bytes).map(({ name, bytes: own }) => `${name} ${own}`);
  const taker = limitBytes === userDataLimitBytes ? "EC2" : "the cloud";
  return [
    {
      path,
      reason: `need ${bytes} bytes of compressed user data, ${bytes - limitBytes} more than the ${limitBytes} that ${taker} takes (${shares.join(", ")})`,
      fix: "give the host a store, which carries plan and program, or move apps to another host",
    },
  ];
}
