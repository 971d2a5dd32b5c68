import { HostParts } from "./host-parts";
import { WebLogFiles } from "./logs/access-logs";
import { PlannedWebServer } from "./plan";

/** What a host has for its web server. */
export interface WebPlan extends HostParts {
  /** What the apply program has to know of it; left out for nginx. */
  server?: PlannedWebServer;
  /** The same of what ends TLS in front of it; left out where nothing does. */
  front?: PlannedWebServer;
  /** Names of certificates that are nobody's and stay placeholders. @default none */
  placeholders?: string[];
  /** A line of the file with what proves a hop, by the hop's header. @default a line of a map of nginx */
  proofLine?: (header: string) => string;
  /** Where it writes what was asked for, and what went wrong; left out where it writes no files. */
  logs?: WebLogFiles;
}
