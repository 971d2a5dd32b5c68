import { existsSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import type { Outcome } from "../../components/local/machine/command";
import type { StrangerProject } from "./stranger-project";

/** What runs a job's commands in a project, up to the first that fails; gives its outcome. */
type Job = (project: StrangerProject) => Promise<Outcome>;

/** The project's packages are there already. */
const installs = "npm ci";

/** The jobs in the YAML code blocks of a document, by the build server that they are for. */
export function documentedJobs(file: string): Record<"github" | "gitlab", Job> {
  const blocks = [...readFileSync(file, "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) =>
    parse(text),
  );
  const [github, gitlab, ...others] = blocks as [GithubWorkflow, GitlabFile, ...unknown[]];
  if (!github?.jobs || !gitlab?.check || others.length) throw new Error(`${file}  has not one file for each server`);
  return { github: githubJob(github), gitlab: gitlabJob(gitlab) };
}

interface GithubWorkflow {
  jobs: { check: { env: Record<string, string>; steps: { run?: string }[] } };
}

interface GitlabFile {
  check: { variables: Record<string, string>; script: string[] };
}

/** Each step has a shell of its own; what it writes into two files is in the environment of the next. */
function githubJob({ jobs: { check } }: GithubWorkflow): Job {
  const commands = check.steps.flatMap(({ run }) => (run === undefined || run === installs ? [] : [run]));
  return async (project) => {
    const [pathFile, envFile] = ["github-path", "github-env"].map((name) => path.join(project.folder, name));
    for (const file of [pathFile, envFile]) rmSync(file!, { force: true });
    const lines = (file: string): string[] =>
      existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    let outcome: Outcome = { code: 0, stdout: "", stderr: "" };
    for (const command of commands) {
      const env = {
        ...check.env,
        GITHUB_PATH: pathFile,
        GITHUB_ENV: envFile,
        ...Object.fromEntries(lines(envFile!).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])),
      };
      outcome = await project.shell(command, env, lines(pathFile!).reverse());
      if (outcome.code !== 0) break;
    }
    return outcome;
  };
}

/** One shell runs all commands. */
function gitlabJob({ check }: GitlabFile): Job {
  const commands = check.script.filter((command) => command !== installs);
  return (project) => project.shell(commands.join("\n"), check.variables, []);
}
