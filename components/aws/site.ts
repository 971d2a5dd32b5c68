import { join } from "node:path";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { webWarnings } from "../app/validation/web";
import { HostProblems } from "../host/build";
import { cacheHome } from "../host/cache-home";
import { canonicalJson, sha256 } from "../host/digest";
import { certificateParameter } from "../host/plan-certificates";
import { secretParameter } from "../host/plan-secrets";
import { AppAddress } from "../host/site-addresses";
import { inputProblems } from "../input-problems";
import { SiteContract } from "./contract";
import type { CostEstimate } from "./costs/estimate";
import type { OriginSecrets } from "./cdn/cdn-args";
import { filesDigest } from "./files-digest";
import { madeBelow } from "./made-below";
import { originSecrets } from "./origin-secrets";
import { planSite, SitePlan } from "./plan-site";
import type { ServerStore } from "./server-store";
import type { SiteArgs } from "./site-args";
import { siteCosts } from "./site-costs";
import { siteRequests } from "./site-requests";
import { isFleet } from "./site-shape";
import { Store } from "./store";
import { siteLogs } from "./watch/site-logs";

/**
 * Self-hosted apps in AWS, in one of four shapes. A server: a machine with an address and a data volume that outlive it. A
 * fleet: many machines behind a load balancer, in a network of their own. Each of them by itself, or behind a distribution of
 * CloudFront. All with a bucket for plan and code, their ports, their names and certificates. The resource is there once every app answers its health check through the web server on the
 * machines.
 *
 * @example
 * const site = new Site("web", { apps: [uvicorn({ name: "api", source: { directory: "api" }, app: "main:app", routes: [{ domain: "api.example.com" }] })] });
 * export const urls = site.urls;
 */
export class Site extends pulumi.ComponentResource {
  /** Where the apps answer. */
  readonly urls: pulumi.Output<AppAddress[]>;
  /** The Elastic IP address; empty for a fleet. */
  readonly address: pulumi.Output<string>;
  /** Id of the instance; empty for a fleet. */
  readonly instanceId: pulumi.Output<string>;
  /** Name of the fleet's Auto Scaling group; empty for one server. */
  readonly groupName: pulumi.Output<string>;
  /** Name of the bucket; empty for a site whose plan is inside the user data. */
  readonly bucketName: pulumi.Output<string>;
  /** Digest of what is served from files, once the machines serve it: the `releases` of a `Cdn` in front. */
  readonly filesDigest: pulumi.Output<string>;
  /** What the deployment is to keep, for policies to hold it against. */
  readonly contract: pulumi.Output<SiteContract>;
  /** What others have to do, as Markdown: records, settings of web servers, ports, permissions, accounts. */
  readonly requests: pulumi.Output<string>;
  /** What it costs in a month, roughly. */
  readonly costs: pulumi.Output<CostEstimate>;
  /** Private key for SSH, in OpenSSH's form. Secret; empty for a site without SSH. */
  readonly sshPrivateKey: pulumi.Output<string>;
  /** Id of the distribution, for invalidations; empty for a site without a CDN. */
  readonly distributionId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: SiteArgs, opts?: pulumi.ComponentResourceOptions) {
    // A component's inputs are kept in the state, so values that came as plain text become secrets here.
    const made = madeBelow();
    super(
      "landfall:index:Site",
      name,
      withoutSecrets(args),
      pulumi.mergeOptions(opts, { transformations: made.transformations }),
    );
    const site = planned(name, args);
    const plan = canonicalJson(site.plan);
    const tags = siteTags(name, args);
    const own = { parent: this };
    for (const warning of webWarnings(args.web ?? {})) void pulumi.log.warn(warning, this);

    const secrets = originSecrets(name, args, own);
    const parameters = site.store ? this.parameters(name, args, site, secrets, tags) : [];
    const store = site.store
      ? new Store(
          name,
          {
            bucketName: site.store.bucket,
            prefix: site.store.prefix,
            plan,
            archives: site.archives,
            protection: args.protection,
            tags,
          },
          own,
        )
      : undefined;
    const logDays = args.monitoring?.logDays;
    const logs = site.logs ? siteLogs(name, { ...site.logs, logDays, tags }, own) : undefined;
    const parts = { store, reads: readsOf(site), parameters, secrets, logs, plan: sha256(plan), tags };
    const machines = loadMachines(args)(name, args, site, parts, own);

    // An app is somewhere once its machine is healthy, so the addresses wait for that.
    this.urls = machines.answers.apply(() => site.addresses);
    this.address = machines.address;
    this.instanceId = machines.instanceId;
    this.groupName = machines.groupName;
    this.bucketName = store?.bucketName ?? pulumi.output("");
    this.filesDigest = machines.answers.apply(() => filesDigest(args.apps, site.plan.releases));
    this.contract = pulumi.output(site.contract);
    this.requests = siteRequests(name, args, site, machines, Object.keys(made.counts));
    this.costs = pulumi.output(siteCosts(args, site, made.counts));
    this.sshPrivateKey = machines.sshPrivateKey;
    this.distributionId = machines.distributionId;
    this.registerOutputs({
      urls: this.urls,
      address: this.address,
      instanceId: this.instanceId,
      groupName: this.groupName,
      bucketName: this.bucketName,
      filesDigest: this.filesDigest,
      contract: this.contract,
      requests: this.requests,
      costs: this.costs,
      sshPrivateKey: this.sshPrivateKey,
      distributionId: this.distributionId,
    });
  }

  /** Secrets that were given; those that the host makes up stay there. */
  private parameters(
    name: string,
    args: SiteArgs,
    { plan, store, given }: SitePlan,
    origin: OriginSecrets | undefined,
    tags: Record<string, string>,
  ): ssm.Parameter[] {
    const secret = (key: string, parameter: string, value: pulumi.Input<string>, large = false): ssm.Parameter =>
      new ssm.Parameter(
        `${name}-${key}`,
        {
          name: `${store!.parameters}/${parameter}`,
          type: "SecureString",
          value: pulumi.secret(value),
          // Chains may have more than the 4 KB of a standard parameter, which costs nothing.
          tier: large ? "Intelligent-Tiering" : undefined,
          tags,
        },
        { parent: this },
      );
    const ofApps = Object.entries(args.secrets ?? {}).map(([key, value]) => {
      const [app = "", own = ""] = key.split("/");
      return secret(key, secretParameter(app, own), value);
    });
    const ofHops = (plan.proofs ?? []).map(({ parameter }) =>
      secret("origin-secrets", parameter, pulumi.jsonStringify(origin)),
    );
    const ofFiles = Object.entries(given.pairs).map(([domain, pair]) =>
      secret(`${domain}-certificate`, certificateParameter(domain), JSON.stringify(pair), true),
    );
    const ofDomains = Object.entries(args.certificates?.signed?.certificates ?? {}).map(([domain, signed]) => {
      const fullchain = [signed.certificate, signed.chain ?? ""].map((pem) => pem.trim()).join("\n");
      return secret(
        `${domain}-certificate`,
        certificateParameter(domain),
        pulumi.jsonStringify({ fullchain: `${fullchain.trim()}\n`, privkey: signed.privateKey }),
        true,
      );
    });
    return [...ofApps, ...ofHops, ...ofFiles, ...ofDomains];
  }
}

/** What its machines may read; undefined where all is inside the user data. */
function readsOf({ store }: SitePlan): ServerStore | undefined {
  if (!store) return undefined;
  const { bucket: bucketName, prefix, parameters } = store;
  return { bucketName, ...(prefix !== "" && { prefix }), parameters };
}

function planned(name: string, args: SiteArgs): SitePlan {
  const place = {
    organization: pulumi.getOrganization(),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    root: pulumi.getRootDirectory(),
    archiveFolder: join(cacheHome(), "code"),
  };
  try {
    return planSite(name, args, place);
  } catch (error) {
    if (!(error instanceof HostProblems)) throw error;
    throw inputProblems(`landfall:index:Site '${name}'`, error.problems);
  }
}

/** Only the shape that is asked for is loaded: each brings parts of AWS' SDK that the other does without. */
const loadMachines = (args: SiteArgs): typeof import("./site-server").siteServer =>
  isFleet(args)
    ? (require("./site-fleet") as typeof import("./site-fleet")).siteFleet
    : (require("./site-server") as typeof import("./site-server")).siteServer;

/** The description as Pulumi keeps it. */
function withoutSecrets(args: SiteArgs): pulumi.Inputs {
  const { secrets, originSecrets, certificates } = args;
  const signed = certificates?.signed && { signed: pulumi.secret(certificates.signed) };
  return {
    ...args,
    ...(signed && { certificates: { ...certificates, ...signed } }),
    secrets: secrets && pulumi.secret(secrets),
    ...(originSecrets && { originSecrets: pulumi.secret(originSecrets) }),
  };
}

function siteTags(name: string, args: SiteArgs): Record<string, string> {
  const own = { "landfall:project": pulumi.getProject(), "landfall:stack": pulumi.getStack(), "landfall:site": name };
  return { ...own, ...args.tags };
}
