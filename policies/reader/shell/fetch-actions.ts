import { posix } from "node:path";
import { Production } from "../host-view";
import type { Action, RunCommand } from "./actions";
import { parseArguments } from "./arguments";

/** What programs do that fetch files from elsewhere, or unpack them. */
export const fetchActions: Readonly<Record<string, Action>> = {
  git,
  curl,
  wget,
  aws: objects,
  gsutil: objects,
  gcloud: objects,
  az: objects,
  tar,
  bsdtar: tar,
  unzip,
};

function git({ words, place, shell }: RunCommand): void {
  const outer = parseArguments(words.slice(1), ["-C", "-c", "--git-dir", "--work-tree"]);
  if (outer.operands[0] !== "clone") return;
  const at = words.indexOf("clone");
  const valued = [
    "-b",
    "--branch",
    "--depth",
    "-o",
    "--origin",
    "-c",
    "--config",
    "-u",
    "--reference",
    "-j",
    "--filter",
  ];
  const { operands } = parseArguments(words.slice(at + 1), valued);
  const [url = null, folder = url && lastName(url).replace(/\.git$/, "")] = operands;
  const from = outer.value("-C");
  shell.produce(
    shell.path(folder !== null && from !== null ? posix.join(from, folder) : folder),
    Production.Clone,
    place,
  );
}

/** The last part of an address or a path. */
function lastName(address: string): string {
  return posix.basename(
    address
      .replace(/[?#].*$/, "")
      .replace(/\/+$/, "")
      .replace(/^.*:(?!\/\/)/, ""),
  );
}

function curl({ words, place, shell }: RunCommand): void {
  const valued = ["-o", "--output", "-H", "--header", "-X", "--request", "-d", "--data", "-u", "--user", "--retry"];
  const args = parseArguments(words.slice(1), [...valued, "--output-dir", "-A", "-e", "-m", "--max-time"]);
  const output = args.value("-o", "--output");
  if (output !== null) shell.produce(shell.path(output), Production.Download, place);
  const [url] = args.operands;
  if (args.has("-O", "--remote-name") && typeof url === "string")
    shell.produce(shell.path(lastName(url)), Production.Download, place);
}

function wget({ words, place, shell }: RunCommand): void {
  const args = parseArguments(words.slice(1), [
    "-O",
    "--output-document",
    "-P",
    "--directory-prefix",
    "-t",
    "-T",
    "-o",
  ]);
  const output = args.value("-O", "--output-document");
  const [url] = args.operands;
  if (output === "-") return;
  if (output !== null) shell.produce(shell.path(output), Production.Download, place);
  else if (typeof url === "string") {
    const folder = args.value("-P", "--directory-prefix");
    shell.produce(shell.path(posix.join(folder ?? "", lastName(url)) || null), Production.Download, place);
  }
}

/** Copies out of a cloud's object store: `aws s3 cp s3://bucket/key /path`, `gsutil cp gs://... .`. */
function objects({ words, place, shell }: RunCommand): void {
  const known = words.filter((word) => word !== null);
  const at = words.findIndex((word) => word === "cp" || word === "sync" || word === "rsync" || word === "mv");
  const { operands } = parseArguments(words.slice(at + 1), [
    "--region",
    "--profile",
    "--endpoint-url",
    "--exclude",
    "--include",
  ]);
  const [source, target] = operands;
  const isFolder = known.includes("sync") || known.includes("rsync") || known.includes("--recursive");
  if (at >= 0 && typeof target === "string" && !/^\w+:\/\//.test(target)) {
    const path = isFolder ? shell.path(target) : shell.destination(target, lastName(source ?? ""));
    shell.produce(path, Production.Download, place);
  }
  const output = parseArguments(words, ["-f", "--file"]).value("-f", "--file");
  if (at < 0 && output !== null) shell.produce(shell.path(output), Production.Download, place);
}

function tar({ words, place, shell }: RunCommand): void {
  // Its first word may be options without a dash: `tar xzf file`.
  const [first, ...rest] = words.slice(1);
  const isBare = typeof first === "string" && /^[A-Za-z]+$/.test(first);
  const args = parseArguments([isBare ? `-${first}` : (first ?? null), ...rest], ["-C", "--directory", "-f", "--file"]);
  if (!args.has("-x", "--extract", "--get")) return;
  const folder = args.value("-C", "--directory");
  const path = folder === null ? shell.folder : shell.path(folder);
  shell.produce(path, Production.Unpack, place);
}

function unzip({ words, place, shell }: RunCommand): void {
  const folder = parseArguments(words.slice(1), ["-d", "-x"]).value("-d");
  shell.produce(folder === null ? shell.folder : shell.path(folder), Production.Unpack, place);
}
