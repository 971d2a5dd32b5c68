import { IncomingMessage, request as httpRequest, RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { App } from "../../components/app/app";
import { describeProblems } from "../../components/app/problem";
import type { Web } from "../../components/app/web";
import { applyProgram } from "../../components/host/apply/program";
import { buildHost, HostBuild, HostProblems } from "../../components/host/build";
import { userData } from "../../components/host/cloud-init/user-data";
import { canonicalJson } from "../../components/host/digest";
import type { Hop } from "../../components/host/hop";
import type { HopChain } from "../../components/host/hops";
import { withNames } from "../../components/host/names";
import type { HostPlan } from "../../components/host/plan";
import { literalDomains } from "../../components/app/route/domains";
import { secretParameter } from "../../components/host/plan-secrets";
import { applyPlan } from "../../components/local/delivery/apply";
import { bringUp, machineNeeds, takeDown } from "../../components/local/delivery/bring-up";
import { guestParameters, guestStore } from "../../components/local/delivery/folders";
import { deliverParameters } from "../../components/local/delivery/parameters";
import { forwardedPorts } from "../../components/local/forwarded-ports";
import { publish } from "../../components/local/delivery/publish";
import { cacheHome } from "../../components/local/machine/folders";
import { stackId } from "../../components/local/machine/names";
import { freePort } from "../loopback/ports";
import { adoptMachine, TestMachine } from "./machine";
import { TestAuthority } from "./site-authority";
import { TestExchange } from "./site-exchange";
import { TestWebSocket } from "./site-websocket";

/** What a test's site is made of. */
export interface TestSiteArgs {
  apps: App[];
  /** Name of the machine; others of the same stack reach it as `<name>.internal`. @default web */
  name?: string;
  /** Id of the stack. Sites with the same one share a network. @default one of its own */
  stack?: string;
  /** @default the newest release that all apps can run on */
  debian?: number;
  /** Ports of this computer that lead to the site. @default free ones */
  httpPort?: number;
  httpsPort?: number;
  /** Values of the apps' secrets, as `<app>/<secret>`. @default those that the host makes up */
  secrets?: Record<string, string>;
  /** Values of further parameters, by name, looked up at each apply. @default none */
  parameters?: Record<string, string>;
  /** What apps share is on a file system of many machines. @default false */
  sharedFiles?: boolean;
  /** The web server. @default nginx */
  web?: Web;
  /** What stands in front of it, asked for when the site is brought up. @default nothing */
  front?: () => Hop[];
  /** Who signs its certificates, asked for when the site is brought up. @default an authority of its own */
  authority?: () => TestAuthority;
}

/** What a client sends. */
export interface SiteRequest {
  method?: string;
  /** `Host` is what a browser says, unless given here. */
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  /** Authority that is trusted, PEM; null trusts those that Node.js brings. @default the site's own */
  ca?: string | null;
  /** Name asked for in TLS. @default the URL's */
  servername?: string;
  /** Ask by the port of this computer that leads to the machine, in place of the machine's own address. @default false */
  forwarded?: boolean;
}

/** What a client got. */
export interface SiteAnswer {
  status: number;
  /** By name in lower case; all values. */
  headers: Partial<Record<string, string[]>>;
  body: string;
}

/** How an apply went. */
export interface Applied {
  /** From the first look at the apps to every app healthy. */
  seconds: number;
  /** Lines that the host reported. */
  log: string[];
}

/** Units of the web servers that answer for a site. */
const webUnits: readonly string[] = ["nginx.service", "apache2.service", "haproxy.service"];

let stacks = 0;

/** The id of a stack that no other test has. */
export const newStack = (): string => stackId("test-site", `${process.pid}-${stacks++}`, String(Date.now()));

/**
 * A site for a whole suite: call it in the body of `describe`. From the first test on it is what `LocalSite` makes, by
 * the same steps but without an engine, and every app is healthy.
 */
export function useSite(args: TestSiteArgs): TestSite {
  const site = new TestSite(args);
  before(async function () {
    this.timeout(400_000); // the first use may have to make the image and the Python environments
    await site.up();
  });
  after(async function () {
    this.timeout(60_000);
    await site.down();
  });
  return site;
}

/** Apps on a machine of this computer, and a client that talks to them. */
export class TestSite {
  machine!: TestMachine;
  httpPort = 0;
  httpsPort = 0;
  /** The plan that was delivered last. */
  plan!: HostPlan;
  /** Who signs its certificates. */
  authority!: TestAuthority;
  private web: Web | undefined;
  private readonly certificates = new Map<string, string>();
  private readonly spec: { id: string; machine: string };

  constructor(private readonly args: TestSiteArgs) {
    this.web = args.web;
    this.spec = { id: args.stack ?? newStack(), machine: args.name ?? "web" };
  }

  /** Certificate of the authority that signed the site's certificates, PEM. */
  get ca(): string {
    return this.authority.pem;
  }

  private get hops(): HopChain {
    return {
      publicHttpPort: this.httpPort || 80,
      publicHttpsPort: this.httpsPort || 443,
      front: this.args.front?.() ?? [],
    };
  }

  /** Brings the machine up and applies the plan. */
  async up(): Promise<void> {
    this.authority = this.args.authority?.() ?? (await TestAuthority.make());
    const hasSites = literalDomains(this.args.apps).length > 0;
    if (hasSites) {
      this.httpPort = this.args.httpPort ?? (await freePort());
      this.httpsPort = this.args.httpsPort ?? (await freePort());
    }
    const digest = await this.deliver(this.args.apps);
    const {
      args: { apps },
      web = {},
    } = this;
    // Other ports could be taken on this computer; tests ask the machine itself.
    const forward = forwardedPorts(apps, web, withNames(this.hops, apps, web)).filter(({ from, to }) => from !== to);
    const machine = { ...this.spec, ...machineNeeds(this.plan), forward };
    const user = userData({ store: { kind: "folder", path: guestStore, parameters: guestParameters } });
    this.machine = await adoptMachine(
      this.spec.id,
      this.spec.machine,
      () => bringUp(machine, user, report),
      () => takeDown(machine),
    );
    await applyPlan({ ...this.spec, plan: digest }, () => undefined);
  }

  async down(): Promise<void> {
    await (this.machine as TestMachine | undefined)?.remove();
  }

  /** Has the certificates of a domain signed anew at the next apply. */
  renew(domain: string): void {
    for (const key of this.certificates.keys()) if (key.split(" ")[0] === domain) this.certificates.delete(key);
  }

  /** Puts other apps in place of those that are there, and another web server. Fails as `up` would, with the host's own lines. */
  async apply(apps: App[], web = this.web): Promise<Applied> {
    this.web = web;
    const began = performance.now();
    const log: string[] = [];
    const plan = await this.deliver(apps);
    await applyPlan({ ...this.spec, plan }, (line) => log.push(line));
    return { seconds: (performance.now() - began) / 1000, log };
  }

  /** Sends a request as a browser would that knows the machine's address. */
  request(url: string, request: SiteRequest = {}): Promise<SiteAnswer> {
    const { protocol, hostname, host, port } = new URL(url);
    const target = this.target(hostname, request, protocol === "https:");
    const isForwarded = [this.httpPort, this.httpsPort].includes(Number(port));
    const options: RequestOptions = {
      ...target,
      // A port of the web server's own is the same on this computer.
      port: port === "" || isForwarded ? target.port : Number(port),
      // Not the parsed path: the URL class resolves dots.
      path: url.slice(url.indexOf(host) + host.length) || "/",
      method: request.method ?? "GET",
      headers: { Host: host, ...request.headers },
      agent: false,
      timeout: 60_000,
    };
    return new Promise((resolve, reject) => {
      const send = protocol === "https:" ? httpsRequest : httpRequest;
      const sent = send(options, (response) => void receive(response).then(resolve, reject));
      sent.on("timeout", () => sent.destroy(new Error(`${url}: no answer`)));
      sent.on("error", reject);
      sent.end(request.body);
    });
  }

  /** Opens a websocket as a browser would. */
  async websocket(url: string, request: SiteRequest = {}): Promise<TestWebSocket> {
    const { hostname, host, pathname, search } = new URL(url);
    const { host: address, port, ...tls } = this.target(hostname, request, true);
    const socket = new WebSocket(`wss://${address}:${port}${pathname}${search}`, {
      ...tls,
      headers: { Host: host, ...(request.headers as Record<string, string>) },
    });
    return await TestWebSocket.opened(socket);
  }

  /** Begins a request whose body and answer are sent and read part by part. */
  exchange(url: string, request: Omit<SiteRequest, "body"> = {}): Promise<TestExchange> {
    const { hostname, host } = new URL(url);
    const sent = httpsRequest({
      ...this.target(hostname, request),
      path: url.slice(url.indexOf(host) + host.length),
      method: request.method ?? "GET",
      headers: { Host: host, ...request.headers },
      agent: false,
    });
    return TestExchange.begun(sent);
  }

  /** Has the web server read its configuration anew. */
  async reload(): Promise<void> {
    const unit = this.plan.units.find(({ name }) => webUnits.includes(name));
    if (!unit) throw new Error("the site has no web server");
    await this.machine.exec(["systemctl", "reload", unit.name]);
  }

  /** The address of a domain of this site in a browser, e.g. `https://landfall.localhost:8443`. */
  origin(domain: string): string {
    return `https://${domain}:${this.httpsPort}`;
  }

  /** Where requests of a domain go, in the words of Node's `request`. */
  target(domain: string, request: SiteRequest = {}, tls = true): RequestOptions & { servername: string; ca?: string } {
    const ca = request.ca === undefined ? this.ca : request.ca;
    return {
      host: request.forwarded ? "127.0.0.1" : this.machine.address,
      port: request.forwarded ? (tls ? this.httpsPort : this.httpPort) : tls ? 443 : 80,
      servername: request.servername ?? domain,
      ...(ca === null ? {} : { ca }),
    };
  }

  /** Plans the apps and fills the machine's store and parameters. Returns the plan's digest. */
  private async deliver(apps: App[]): Promise<string> {
    const build = this.build(apps);
    this.plan = build.plan;
    const program = applyProgram();
    const given = build.given.pairs;
    const values: Record<string, string> = { ...this.args.parameters };
    for (const { domain, names, parameter } of build.plan.certificates)
      if (parameter !== null)
        values[parameter] ??= given[domain] ? JSON.stringify(given[domain]) : await this.certificate(domain, names);
    for (const [key, value] of Object.entries(this.args.secrets ?? {})) {
      const [app = "", ...secret] = key.split("/");
      values[secretParameter(app, secret.join("/"))] = value;
    }
    const spec = { ...this.spec, program: program.digest, archives: build.archives };
    const { plan } = publish(spec, canonicalJson(build.plan), program.text);
    deliverParameters(this.spec, values);
    return plan;
  }

  private build(apps: App[]): HostBuild {
    try {
      return buildHost({
        apps,
        debian: this.args.debian,
        sharedFiles: this.args.sharedFiles,
        web: this.web,
        hops: this.hops,
        root: join(__dirname, "../.."),
        archiveFolder: join(cacheHome(), "code"),
      });
    } catch (error) {
      if (!(error instanceof HostProblems)) throw error;
      throw new Error(describeProblems(`site ${this.spec.machine}`, error.problems), { cause: error });
    }
  }

  private async certificate(domain: string, names: readonly string[] = []): Promise<string> {
    const key = [domain, ...names].join(" ");
    const made = this.certificates.get(key) ?? JSON.stringify(await this.authority.sign(domain, names));
    this.certificates.set(key, made);
    return made;
  }
}

async function receive(response: IncomingMessage): Promise<SiteAnswer> {
  response.setEncoding("utf8");
  let body = "";
  for await (const chunk of response) body += chunk as string;
  return { status: response.statusCode ?? 0, headers: response.headersDistinct, body };
}

function report(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
