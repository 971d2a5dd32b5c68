import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { AcmeArgs } from "../app/acme-args";
import { App } from "../app/app";
import { Fault } from "../app/problem";
import { webWarnings } from "../app/validation/web";
import { Web } from "../app/web";
import { buildHost, HostBuild, HostProblems } from "../host/build";
import { Hop } from "../host/hop";
import { proofProblems } from "../host/hop-problems";
import { HopChain } from "../host/hops";
import { withNames } from "../host/names";
import { certificateParameter } from "../host/plan-certificates";
import { secretParameter } from "../host/plan-secrets";
import { appAddresses, SiteHealth } from "../host/site-addresses";
import { plannedAcme } from "../host/tls/acme";
import { CertificatePair } from "../host/tls/certificate-files";
import { inputProblems } from "../input-problems";
import { LocalCertificates } from "./certificates";
import { forwardedPorts, forwardingProblems } from "./forwarded-ports";
import { LocalMachine } from "./local-machine";
import { cacheHome } from "./machine/folders";
import { stackId } from "./machine/names";

/** Where the certificates of a local site come from. */
export interface LocalCertificateArgs {
  /** An authority that the machine asks by ACME. @default none @example { directory: "https://authority.internal/dir" } */
  acme?: AcmeArgs;
}

/** The apps of one machine on this computer, and how this computer reaches them. */
export interface LocalSiteArgs {
  /** What runs. */
  apps: App[];
  /** Debian release of the machine. @default the newest one that all apps can run on @example 12 */
  debian?: number;
  /** Port of this computer that leads to the site over HTTPS. @default 8443 */
  httpsPort?: number;
  /** Port of this computer that redirects to it. @default 8080 */
  httpPort?: number;
  /**
   * What stands in front of the machine, the one that clients connect to first: to try here what a CDN or load balancer
   * of your own will do to requests.
   * @default clients connect to the machine
   * @example [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] })]
   */
  front?: Hop[];
  /** The web server, as far as it is one for all apps. @default nginx @example { program: WebProgram.Nginx } */
  web?: Web;
  /**
   * An authority that the machine asks by ACME, such as one of the private network: it has to reach the machine by its
   * names.
   * @default an authority of this site, which only those trust who are told to
   * @example { acme: { directory: "https://authority.internal/dir" } }
   */
  certificates?: LocalCertificateArgs;
  /**
   * Values of the apps' secrets, as `<app>/<secret>`.
   * @default those that the host makes up by itself
   * @example { "dashboard/smtp-password": password }
   */
  secrets?: Record<string, pulumi.Input<string>>;
}

/** Where an app answers, and how to see that it does. */
export interface SiteAddress {
  /** Name of the app. */
  app: string;
  /** Address in a browser on this computer. */
  url: string;
  /** Address of the same site on the machine itself, without this computer's forwarder: name, port and address, as curl's `--resolve` takes them. */
  resolve: string;
  /** What a healthy app answers. */
  health: SiteHealth;
}

/** A machine of this computer's private network. */
export interface MachineAddress {
  /** Name of the machine. */
  name: string;
  /** Its address on the private network. */
  address: string;
}

/**
 * Self-hosted apps on a machine of this computer: the same Debian, the same host plan as in a cloud. Needs Linux and
 * root (or sudo). The resource is there once every app answers its health check through the web server.
 *
 * @example
 * const site = new LocalSite("demo", { apps: [uvicorn({ name: "api", source: { directory: "api" }, app: "main:app", routes: [{ domain: "api.localhost" }] })] });
 * export const sites = site.sites;
 */
export class LocalSite extends pulumi.ComponentResource {
  /** Id of the private network that the machines of this stack share. */
  readonly networkId: pulumi.Output<string>;
  /** The machine; others of the stack reach it as `<name>.internal`. */
  readonly machine: pulumi.Output<MachineAddress>;
  /** Where the apps answer. */
  readonly sites: pulumi.Output<SiteAddress[]>;
  /** Certificates of the authorities that signed the sites' certificates, PEM: its own, and mkcert's. Empty where there are none. */
  readonly authorityPem: pulumi.Output<string>;

  constructor(name: string, args: LocalSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    // A component's inputs are kept in the state, so values that came as plain text become secrets here.
    super("landfall:index:LocalSite", name, { ...args, secrets: args.secrets && pulumi.secret(args.secrets) }, opts);
    const httpsPort = args.httpsPort ?? 8443;
    const httpPort = args.httpPort ?? 8080;
    const { apps, web = {} } = args;
    const inFront = { publicHttpPort: httpPort, publicHttpsPort: httpsPort, front: args.front ?? [] };
    const build = this.build(name, args, inFront);
    const hops = withNames(inFront, apps, web);
    const forward = forwardedPorts(apps, web, hops);
    const faults = forwardingProblems(forward);
    if (faults.length) throw inputProblems(`landfall:index:LocalSite '${name}'`, faults);
    for (const warning of webWarnings(web)) void pulumi.log.warn(warning, this);
    const { pairs, authorities } = build.given;
    const signed = build.plan.certificates.flatMap(({ domain, names, parameter }) =>
      parameter === null || pairs[domain] ? [] : [{ domain, names }],
    );
    const network = stackId(pulumi.getProject(), pulumi.getStack(), pulumi.getRootDirectory());

    const certificates = signed.length
      ? new LocalCertificates(name, { certificates: signed }, { parent: this })
      : undefined;
    const machine = new LocalMachine(
      name,
      {
        network,
        plan: build.plan,
        archives: build.archives,
        parameters: { ...siteParameters(args), ...certificateParameters(certificates), ...givenParameters(pairs) },
        forward,
      },
      { parent: this },
    );

    this.networkId = pulumi.output(network);
    this.machine = pulumi.output({ name, address: machine.address });
    this.authorityPem = pulumi
      .all([certificates?.authorityPem ?? "", ...authorities])
      .apply((pems) => pems.filter((pem) => pem !== "").join("\n"));
    // An app is somewhere once its machine is healthy, so the addresses wait for that.
    const addresses = appAddresses(apps, build.plan.health, hops);
    this.sites = machine.address.apply((address) =>
      addresses.map(({ domain, port, ...site }) => ({ ...site, resolve: `${domain}:${port}:${address}` })),
    );
    this.registerOutputs({
      networkId: this.networkId,
      machine: this.machine,
      sites: this.sites,
      authorityPem: this.authorityPem,
    });
  }

  private build(name: string, args: LocalSiteArgs, hops: HopChain): HostBuild {
    const acme = args.certificates?.acme;
    const unproven = proofProblems(hops.front, asLocal);
    if (unproven.length) throw inputProblems(`landfall:index:LocalSite '${name}'`, unproven);
    try {
      return buildHost({
        apps: args.apps,
        debian: args.debian,
        hops,
        web: args.web,
        certificates: acme && { acme: plannedAcme(acme) },
        root: pulumi.getRootDirectory(),
        archiveFolder: join(cacheHome(), "code"),
      });
    } catch (error) {
      if (!(error instanceof HostProblems)) throw error;
      throw inputProblems(`landfall:index:LocalSite '${name}'`, error.problems);
    }
  }
}

/** Nobody on this computer sends a proof, so that nothing would get in. */
const asLocal: Fault = {
  reason: "is sent by nothing that stands in front of a machine of this computer",
  fix: "leave it out",
};

function siteParameters(args: LocalSiteArgs): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    Object.entries(args.secrets ?? {}).map(([key, value]) => {
      const [app, ...secret] = key.split("/");
      return [secretParameter(app ?? "", secret.join("/")), value];
    }),
  );
}

/** The keys are secrets, wherever Pulumi keeps what it was given. */
function givenParameters(pairs: Readonly<Record<string, CertificatePair>>): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    Object.entries(pairs).map(([domain, pair]) => [certificateParameter(domain), pulumi.secret(JSON.stringify(pair))]),
  );
}

function certificateParameters(certificates: LocalCertificates | undefined): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    Object.entries(certificates?.certificates ?? {}).map(([domain, pair]) => [
      certificateParameter(domain),
      pair.apply((value) => JSON.stringify(value)),
    ]),
  );
}
