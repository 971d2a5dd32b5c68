import { run } from "./command";
import { bridgeName, tableName } from "./names";

/** A chain that decides which packets pass through this computer. */
export interface ForwardChain {
  family: string;
  table: string;
  name: string;
}

interface Listing {
  nftables: Array<{
    chain?: { family: string; table: string; name: string; type?: string; hook?: string };
    rule?: { family: string; table: string; chain: string; handle: number; comment?: string };
  }>;
}

/** Chains of other programs (Docker, ufw, firewalld) that may refuse what passes through, from `nft --json list ruleset`. */
export function forwardChains(listing: Listing): ForwardChain[] {
  return listing.nftables.flatMap(({ chain }) =>
    chain?.hook === "forward" && chain.type === "filter" && ["ip", "inet"].includes(chain.family)
      ? [{ family: chain.family, table: chain.table, name: chain.name }]
      : [],
  );
}

/** Lets a stack's packets through the chains of other programs. An accepting rule in a table of our own would not: the strictest table wins. */
export async function openForwardChains(id: string): Promise<void> {
  const listing = await list();
  const ours = ownRules(listing, id);
  const commands = forwardChains(listing)
    .filter(({ family, table, name }) => !ours.some((rule) => rule.startsWith(`${family} ${table} ${name} `)))
    .flatMap(({ family, table, name }) =>
      ["iifname", "oifname"].map(
        (side) =>
          `insert rule ${family} ${table} ${name} ${side} "${bridgeName(id)}" accept comment "${tableName(id)}"\n`,
      ),
    );
  if (commands.length > 0) await run(["nft", "-f", "-"], { stdin: commands.join("") });
}

/** Takes a stack's rules out of the chains of other programs. */
export async function closeForwardChains(id: string): Promise<void> {
  const commands = ownRules(await list(), id).map((rule) => `delete rule ${rule}\n`);
  if (commands.length > 0) await run(["nft", "-f", "-"], { stdin: commands.join("") });
}

/** A stack's rules in other programs' chains, as `delete rule` takes them. */
function ownRules(listing: Listing, id: string): string[] {
  return listing.nftables.flatMap(({ rule }) =>
    rule?.comment === tableName(id) ? [`${rule.family} ${rule.table} ${rule.chain} handle ${rule.handle}`] : [],
  );
}

async function list(): Promise<Listing> {
  return JSON.parse(await run(["nft", "--json", "list", "ruleset"])) as Listing;
}
