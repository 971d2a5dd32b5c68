import { Balance, BalancedServer, ServersTls } from "./balance";
import { HealthCheck } from "./health-check";
import { Listen } from "./listen";
import { Process } from "./process";
import { Python } from "./python";
import { Reach } from "./reach";
import { Redis } from "./redis";
import { Relaxation } from "./relaxation";
import { Route } from "./route/route";
import { Secret } from "./secret";
import { Source } from "./source";

/** What runs: one app, as plain data. Made by hand or by a preset such as `gramex()`. */
export interface App {
  /**
   * Lower case letters, digits and hyphens, at most 24 characters; names the user, units, folders and sockets.
   * @example "api"
   */
  name: string;
  /** Where the code comes from. */
  source: Source;
  /** Its Python environment. @default none */
  python?: Python;
  /** Debian packages it needs while running. @default none @example ["libpq5"] */
  packages?: string[];
  /** Debian releases it can run on. @default 12 and 13 */
  debian?: number[];
  /** How it is run. @default nothing runs: the web server serves its files */
  process?: Process;
  /**
   * Where it answers when it runs elsewhere: requests are shared out among these, and nothing runs here. `source` is `{}` then,
   * unless routes serve files of it.
   * @default it runs here
   * @example [{ address: "10.0.1.12", port: 8080 }, { address: "10.0.1.13", port: 8080 }]
   */
  servers?: BalancedServer[];
  /**
   * TLS to these servers.
   * @default none: they are asked in plain HTTP, and have to be on a private network
   */
  serversTls?: ServersTls;
  /** How requests are shared out among its servers or its instances. @default one after the other */
  balance?: Balance;
  /** Its sockets. @default one socket, handed over by systemd */
  listen?: Listen;
  /** Where it answers. @default nowhere through the web server */
  routes?: Route[];
  /** Environment variables. Never for secrets. @default none @example { LOG_LEVEL: "info" } */
  environment?: Record<string, string>;
  /** @default none */
  secrets?: Secret[];
  /**
   * Folders below the app's data folder that exist before it starts. The data folder itself always does.
   * @default none
   * @example ["uploads"]
   */
  data?: string[];
  /**
   * Folders of the same kind that all machines of a fleet share. On one host they are as those of `data`. For files that are
   * written as a whole, such as uploads: the locks of SQLite do not hold there.
   * @default none
   * @example ["uploads"]
   */
  sharedData?: string[];
  /** A Redis of its own. @default none @example { memoryMiB: 128 } */
  redis?: Redis;
  /** @default nothing */
  reach?: Reach[];
  /** @default none: the full sandbox */
  relax?: Relaxation[];
  /** @default the first route answers 200 */
  health?: HealthCheck;
}
