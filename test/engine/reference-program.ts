import * as path from "node:path";

import { givenInterfaces } from "../../toolchain/package/reference/check";
import { exampleOf } from "../../toolchain/package/reference/example";
import { readEntries } from "../../toolchain/package/reference/read";

/** What the examples leave to their reader. */
const given = `
declare const server: landfall.Server;
declare const site: landfall.Site;
declare const cdn: landfall.Cdn;
declare const acl: landfall.WebAcl;
declare const group: landfall.SecurityGroup;
declare const balancer: landfall.LoadBalancer;
declare const balancerArn: Output<string>;
declare const targetGroupArn: Output<string>;
declare const zone: landfall.HostedZone;
declare const topic: { arn: Output<string> };
declare const topicInVirginia: { arn: Output<string> };
declare const certificate: string;
declare const chain: string;
declare const privateKey: Output<string>;
declare const config: Config;
declare const readFileSync: (path: string, encoding: "utf8") => string;
declare const live: landfall.App;
declare const shop: landfall.App;
declare const password: Output<string>;
declare const packed: Buffer;
declare const plan: object;
declare const archives: Record<string, string>;
declare const digest: string;
declare const canonicalJson: (value: object) => string;
`;

/** A program that holds every example of the reference, each where its type is known. */
export function referenceProgram(checkout: string): string {
  const all = readEntries(path.join(checkout, "components/index.ts"));
  const entries = new Map(all.map((entry) => [entry.name, entry]));
  const names = all.filter(({ kind }) => kind !== "interface").map(({ name }) => name);
  const uses = all.flatMap(({ example }) =>
    example === undefined ? [] : [`{\n${example.replace(/^export /gm, "")}\n}`],
  );
  const values = [...givenInterfaces(entries)].flatMap((name) =>
    (entries.get(name)?.properties ?? []).map((property, index) => {
      const type = `Pick<landfall.${name}, "${property.name}">`;
      return `export const ${name}${index}: ${type} = { ${property.name}: ${exampleOf(property, entries)} };`;
    }),
  );
  return [
    'import type { Config, Output } from "@pulumi/pulumi";',
    'import * as landfall from "landfall";',
    `import { ${names.join(", ")} } from "landfall";`,
    given,
    ...values,
    ...uses,
    "",
  ].join("\n");
}
