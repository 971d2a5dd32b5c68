import { App } from "../../app/app";
import { Fault } from "../../app/problem";
import { wellShapedWeb } from "../../app/validation/web";
import { Web } from "../../app/web";
import { buildHost, HostProblems } from "../build";
import { Hop } from "../hop";
import { proofProblems } from "../hop-problems";
import { directHops } from "../hops";
import { CertificateSource } from "../plan-host";
import { choiceProblems, localOnly, withoutStore } from "../tls/choices";
import { inlineSizeProblems, InlineUserData, inlineUserData } from "./inline";
import { inlineProblems } from "./inline-problems";
import { DataVolume, userDataLimitBytes } from "./user-data";

/** What a host without a store is to be. */
export interface InlineHostArgs {
  /** What runs. Code comes from git or a package index, secrets are made up by the host. */
  apps: App[];
  /** Debian release of the host. @default the newest one that all apps can run on @example 12 */
  debian?: number;
  /** @default placeholders, which no browser trusts */
  certificates?: CertificateSource;
  /**
   * What stands in front of the host, the one that clients connect to first.
   * @default clients connect to the host
   * @example [{ name: "the CDN", addresses: ["203.0.113.0/24"], idleSeconds: 400, keepSeconds: 60, answerSeconds: 100 }]
   */
  front?: Hop[];
  /** The web server, as far as it is one for all apps. @default nginx @example { program: WebProgram.Nginx } */
  web?: Web;
  /** @default none: everything is on the host's own disk */
  dataVolume?: DataVolume;
  /** What the cloud takes as user data, in bytes. @default 16384, EC2's limit */
  limitBytes?: number;
}

/** What proves a hop is a value that somebody has to bring. */
const asUserData: Fault = {
  reason: "carries a secret that somebody has to bring, and everybody on the host can read its user data",
  fix: "leave it out, or give the host a store",
};

/**
 * User data that makes a Debian machine of any cloud with cloud-init a host of these apps, with nothing beside it. A
 * change to the apps means another machine.
 *
 * @throws HostProblems with every problem at once
 * @example
 * const { base64 } = inlineHost({ apps: [live], certificates: { acme: { directory: letsEncrypt.production, email: null } } });
 */
export function inlineHost(args: InlineHostArgs): InlineUserData {
  const problems = [
    ...choiceProblems(wellShapedWeb(args.web), { ...localOnly, ...withoutStore }),
    ...inlineProblems(args.apps),
    ...proofProblems(args.front ?? [], asUserData),
  ];
  if (problems.length) throw new HostProblems(problems);
  const { apps, debian, certificates, front = [], web, dataVolume, limitBytes = userDataLimitBytes } = args;
  // Nothing is packed: no app has a directory.
  const hops = { ...directHops, front };
  const { plan } = buildHost({ apps, debian, certificates, hops, web, root: ".", archiveFolder: "." });
  const made = inlineUserData({ plan, dataVolume });
  const tooLarge = inlineSizeProblems(made, "apps", limitBytes);
  if (tooLarge.length) throw new HostProblems(tooLarge);
  return made;
}
