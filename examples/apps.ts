import { isIP } from "node:net";
import { join } from "node:path";
import { App } from "../components/app/app";
import { dataFolder } from "../components/app/paths";
import { command } from "../components/app/presets/command";
import { esg } from "../components/app/presets/esg";
import { gramex } from "../components/app/presets/gramex";
import { publ } from "../components/app/presets/publ";

/** Where the example apps answer, and who takes their mail. */
export interface ExampleArgs {
  /** The domain that journal and dashboard share; the live app answers at `live.<domain>`. */
  domain: string;
  /** Host name or address of the mail server. */
  mailHost: string;
}

/** Folder of an example's code. */
const code = (name: string): { directory: string } => ({ directory: join(__dirname, name) });

/** Three real apps for one machine, under two domains. */
export function exampleApps(args: ExampleArgs): App[] {
  const { domain, mailHost } = args;
  return [
    publ({
      name: "journal",
      source: code("journal"),
      requirements: "requirements.txt",
      routes: [{ domain }],
      health: { contains: "Harbour lights" },
    }),
    gramex({
      name: "dashboard",
      source: code("dashboard"),
      requirements: "requirements.txt",
      environment: { SMTP_HOST: mailHost, MAIL_TO: `owner@${domain}` },
      reach: [{ port: "submission", peer: peer(mailHost) }],
      routes: [{ domain, path: "/dashboard/", stripPrefix: true }],
      health: { path: "health", contains: "dashboard is well" },
    }),
    esg({
      name: "live",
      app: "main:app",
      source: code("live"),
      requirements: "requirements.txt",
      routes: [{ domain: `live.${domain}`, websocket: true }],
      health: { path: "health", contains: "live is well" },
    }),
  ];
}

/** A mail server for tests: keeps every message as a file in `messages` of its data folder and delivers none. */
export function mailSinkApp(): App {
  return command({
    name: "mail-sink",
    source: code("mail-sink"),
    python: { requirements: "requirements.txt" },
    command: ["python", "sink.py"],
    publicPorts: [587],
    environment: { MAIL_FOLDER: `${dataFolder("mail-sink")}/messages` },
    data: ["messages"],
    health: { contains: "220 " },
  });
}

/** A single address is an address range of one. */
function peer(host: string): string {
  return { 4: `${host}/32`, 6: `${host}/128` }[isIP(host)] ?? host;
}
