import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { Route } from "../../../components/app/route/route";
import { Balance, BalancedServer } from "../../../components/app/balance";
import { validateApps } from "../../../components/app/validate";
import { HopChain } from "../../../components/host/hops";
import { freePorts } from "../../loopback/ports";
import { Answer, ask, LoopbackServer, Request } from "./nginx/client";
import { EchoApp, Seen } from "./nginx/echo-app";

/** Where the requests of these tests go. */
export const sharedDomain = "www.example.com";

/** A web server on the loopback address, with some apps. */
export type Starting = (
  apps: readonly App[],
  hops: Partial<HopChain>,
) => Promise<LoopbackServer & { stop(): Promise<void> }>;

/** Servers of this computer that say what they saw, and a web server that shares requests out among them. */
export class Balanced {
  private readonly echoes: (EchoApp | undefined)[] = [];
  private server!: Awaited<ReturnType<Starting>>;
  private ports: number[] = [];

  static async start(
    starting: Starting,
    args: { count?: number; balance?: Balance; route?: Partial<Route>; servers?: Partial<BalancedServer>[] },
    hops: Partial<HopChain> = {},
  ): Promise<Balanced> {
    const made = new Balanced();
    made.ports = await freePorts(args.count ?? 3);
    for (const index of made.ports.keys()) await made.bringUp(index);
    const servers = made.ports.map((port, index) => ({ address: "127.0.0.1", port, ...args.servers?.[index] }));
    const app = {
      name: "shop",
      source: {},
      servers,
      routes: [{ domain: sharedDomain, ...args.route }],
      balance: args.balance,
    };
    assert.deepEqual(validateApps([app as App]), []);
    made.server = await starting([app as App], hops);
    return made;
  }

  async bringUp(index: number): Promise<void> {
    this.echoes[index] = new EchoApp(String(index), this.ports[index]!);
    await this.echoes[index].start();
  }

  async bringDown(index: number): Promise<void> {
    await this.echoes[index]?.stop();
    this.echoes[index] = undefined;
  }

  ask(path = "/", request: Request = {}): Promise<Answer> {
    return ask(this.server, sharedDomain, path, request);
  }

  /** Which server answered. */
  async at(request: Request = {}, path = "/"): Promise<number> {
    const answer = await this.ask(path, request);
    assert.equal(answer.status, 200, answer.body);
    return Number((JSON.parse(answer.body) as Seen).app);
  }

  /** How many of some requests, one after the other, each server answered. */
  async counts(requests: number, each: (index: number) => Request = () => ({})): Promise<number[]> {
    const counts = this.ports.map(() => 0);
    for (let index = 0; index < requests; index++) counts[await this.at(each(index))]!++;
    return counts;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    for (const index of this.echoes.keys()) await this.bringDown(index);
  }
}
