import * as path from "node:path";

import { buildGoProgram } from "./go-program";

/**
 * Pulumi's language host for programs in YAML, built from its Go module unless the cache holds it: about a minute on 2
 * cores, more where the CLI was not built before.
 *
 * @returns the path of the executable, whose folder has to be on PATH
 */
export function buildYamlHost(folder: string, env: NodeJS.ProcessEnv, report: (line: string) => void): Promise<string> {
  const host = {
    name: "pulumi-language-yaml",
    title: "Pulumi's YAML language host",
    duration: "about a minute on 2 cores",
    module: path.join(__dirname, "yaml-host"),
    command: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    linkerFlags: "-s -w",
  };
  return buildGoProgram(host, folder, env, report);
}
