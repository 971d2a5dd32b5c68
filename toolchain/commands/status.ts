import { stackId } from "../../components/local/machine/names";
import type { Command } from "./command";
import { type LocalOutputs, localOutputs, writeCertificate } from "./local-outputs";
import { listMachines, type SeenMachine } from "./local-program";
import { caFile, localStack, projectName, projectRoot } from "./project";
import { stackOutputs } from "./recorded-stack";
import { openSession, type Session } from "./session";
import { type SeenSite, siteHealth } from "./site-health";
import { table } from "./terminal/table";

/** What runs. */
export interface Status {
  engine: { kind: string; version: string };
  stack: string;
  machines: SeenMachine[];
  sites: SeenSite[];
  /** The local authority's certificate; the file is there when a site runs. */
  caFile: string;
}

/** Looks at the local stack: what Pulumi knows of it, which machines there are, and whether every app answers. */
export async function lookAtStack(session: Session): Promise<Status> {
  const outputs = localOutputs(await stackOutputs(session, localStack));
  writeCertificate(caFile, outputs.caCertificate);
  const [seen, sites] = await Promise.all([
    listMachines(outputs.id ?? localNetwork()),
    Promise.all(outputs.sites.map((site) => siteHealth(site, outputs.caCertificate))),
  ]);
  return { engine: session.engine, stack: localStack, machines: mergeMachines(outputs.machines, seen), sites, caFile };
}

/** Id of the local stack's network where its outputs are not to be had, e.g. after an `up` that was cut off. */
export const localNetwork = (): string => stackId(projectName(), localStack, projectRoot);

/** The machines of the outputs and those that exist, in one list; one that is only in the outputs is missing. */
export function mergeMachines(outputs: LocalOutputs["machines"], seen: readonly SeenMachine[]): SeenMachine[] {
  const missing = outputs.filter((machine) => !seen.some((one) => one.name === machine.name));
  return [...seen, ...missing.map(({ name, address }) => ({ name, address, state: "missing" }))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** The one object that `status --json` prints. */
export function statusJson(status: Status): object {
  return {
    engine: status.engine,
    stack: status.stack,
    machines: status.machines.map(({ name, address, state }) => ({ name, address, state })),
    sites: status.sites.map(({ app, url, healthy }) => ({ app, url, healthy })),
    caFile: status.caFile,
  };
}

/** What runs, for people: the sites with their health, the machines, and what to do with them. */
export function statusLines(status: Status): string[] {
  const { engine, machines, sites } = status;
  if (machines.length === 0 && sites.length === 0) {
    return ["Nothing runs.", `Start it with: npm run up (Pulumi ${engine.version}, ${engine.kind})`];
  }
  const [first] = sites;
  const blocks = [
    table(
      ["Site", "App", "Health"],
      sites.map((site) => [site.url, site.app, site.healthy ? "answers" : site.reason]),
    ),
    table(
      ["Machine", "Address", "State", "Look inside"],
      machines.map((machine) => [machine.name, machine.address, machine.state, `npm run shell -- ${machine.name}`]),
    ),
    table(
      [],
      [
        ...(first ? [["Open", `in a browser that trusts the authority in ${status.caFile}`]] : []),
        ...(first ? [["", `curl --cacert ${status.caFile} ${first.url}`]] : []),
        ["Use Pulumi", `eval "$(npm run --silent env)" and then, for example, pulumi stack output`],
        ["Look again", "npm run status"],
        ["Stop", "npm run down"],
      ],
    ),
  ];
  // A table with nothing below its headings says nothing.
  return blocks.filter((block) => block.length > 1).flatMap((block, at) => (at === 0 ? block : ["", ...block]));
}

/** `npm run status`. */
export const status: Command = {
  summary: "says what runs and whether it is healthy",
  options: { json: { describe: "one JSON object on standard output" } },
  async run({ switches }) {
    const seen = await lookAtStack(await openSession());
    process.stdout.write(
      `${switches.has("json") ? JSON.stringify(statusJson(seen), null, 2) : statusLines(seen).join("\n")}\n`,
    );
    return 0;
  },
};
