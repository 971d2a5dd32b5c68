import * as fs from "node:fs";
import * as path from "node:path";

import { runBounded } from "./bounded-process";
import type { Memory } from "./memory";
import { pulumiHome } from "./official-cli";
import type { ProviderVersion } from "./provider-versions";

/** A download of 20 MB on a slow network; without a network the CLI gives up after 3 seconds by itself. */
const installBounds = { firstReplySeconds: 20, seconds: 120 };

/**
 * The folders of the official providers where the CLI looks for them, after installing those that are missing; undefined
 * where one of them cannot be had.
 */
export async function officialPlugins(
  cli: string,
  providers: readonly ProviderVersion[],
  env: NodeJS.ProcessEnv,
  memory: Memory,
  report: (line: string) => void,
): Promise<string[] | undefined> {
  for (const { name, version } of providers) {
    if (isInstalled(name, version, env)) {
      continue;
    }
    const key = ["plugin", cli, name, version, pulumiHome(env), env.PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES ?? ""];
    if (memory.recall(...key)) {
      return undefined;
    }
    report(`fetching the official provider ${name} ${version}`);
    const installed = await runBounded(cli, ["plugin", "install", "resource", name, version], {
      ...installBounds,
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    if (!installed.ok || !isInstalled(name, version, env)) {
      memory.keep({ reason: installed.reason }, ...key);
      report(`the official provider ${name} ${version} cannot be had: ${installed.reason}`);
      return undefined;
    }
  }
  return providers.map(({ name, version }) => pluginFolder(name, version, env));
}

function pluginFolder(name: string, version: string, env: NodeJS.ProcessEnv): string {
  return path.join(pulumiHome(env), "plugins", `resource-${name}-v${version}`);
}

function isInstalled(name: string, version: string, env: NodeJS.ProcessEnv): boolean {
  const folder = pluginFolder(name, version, env);
  // The CLI marks a download that it has not finished by this file beside the folder.
  return fs.existsSync(path.join(folder, `pulumi-resource-${name}`)) && !fs.existsSync(`${folder}.partial`);
}
