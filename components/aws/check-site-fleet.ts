import { suggestion } from "../app/nearest";
import { Problem } from "../app/problem";
import { wholeRedis } from "../app/redis";
import { validateApps } from "../app/validate";
import { Report } from "../app/validation/report";
import { sharesFiles, userIdProblems } from "../host/shared-files/user-id";
import { checkKeeping } from "./files/check-files";
import { fleetProblems } from "./fleet/check-fleet";
import { planLoadBalancer } from "./load-balancer/plan-load-balancer";
import { NetworkPlan, planNetwork } from "./network/plan-network";
import { saidBalancer, saidFleet } from "./plan-site-fleet";
import { checkNodes, redisNameFault } from "./redis/check-redis";
import { renamed } from "./renamed-problems";
import { SiteArgs, SiteFleetArgs, SiteShape } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";

/** What belongs to one server: a fleet has nothing of the kind. */
const ofServer = {
  certificates: "TLS with clients ends at the balancer, with a certificate of ACM",
  delivery: "machines of a fleet read a store",
  vpcId: "a fleet has a network of its own; say what it is like by fleet.network",
  subnetId: "a fleet has a network of its own; say what it is like by fleet.network",
  ipv6: "set fleet.network.ipv6 for machines that reach others by IPv6",
  dataGiB: "machines of a fleet keep no data",
  snapshots: "machines of a fleet keep no data",
  front: "the balancer is in front",
  webServer: "the balancer is in front",
} as const satisfies Partial<Record<keyof SiteArgs, string>>;

/** What is wrong with the shape of a site, and with what is said of a fleet. What fleet and balancer check is left to them. */
export function siteShapeProblems(name: string, args: SiteArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const { shape = SiteShape.Server, fleet, apps } = args;
  const shapes: readonly string[] = Object.values(SiteShape);
  if (!shapes.includes(shape)) report.in("shape").refuse(shape, "is no shape of a site", suggestion(shape, shapes));
  if (!isFleet(args)) {
    if (fleet) report.in("fleet").refuseUnseen("is said of a site that is none", `set shape to "${SiteShape.Fleet}"`);
    return problems;
  }
  if (!fleet) report.in("fleet").refuseUnseen("is missing", "say how many machines: { minimum: 2, maximum: 6 }");
  for (const key of Object.keys(ofServer) as (keyof typeof ofServer)[]) {
    if (args[key] !== undefined && !(key === "front" && hasCdn(args)))
      report.in(key).refuseUnseen(`has no place in a fleet: ${ofServer[key]}`, "leave it out");
  }
  if (args.originSecrets && !hasCdn(args))
    report
      .in("originSecrets")
      .refuseUnseen("has no place in a fleet: nothing in front of the balancer proves itself", "leave it out");
  apps.forEach((app, index) => {
    if (app.listen?.publicPorts?.length)
      report
        .in("apps", index, "listen", "publicPorts")
        .refuse(
          app.listen.publicPorts,
          "cannot be reached through a balancer that reads requests",
          "put a NetworkLoadBalancer in front of a Fleet, or run the app on one server",
        );
  });
  checkRedis(name, args, report);
  checkFiles(args, report);
  const asked = fleet?.requests?.app;
  const routed = apps.filter((app) => app.routes?.length).map((app) => app.name);
  if (asked !== undefined && !routed.includes(asked))
    report.in("fleet", "requests", "app").refuse(asked, "is no app with a route", suggestion(asked, routed));
  const network = planNetwork(name, { create: fleet?.network ?? {} });
  return [
    ...validateApps(apps), // the machines' own check does not see what they ask of others
    ...renamed(network.problems, { create: "fleet.network" }),
    ...(fleet && network.network ? partProblems(name, args, fleet, network.network) : []),
    ...userIdProblems(apps),
    ...problems,
  ];
}

function checkFiles({ apps, fleet }: SiteArgs, report: Report): void {
  const place = report.in("fleet", "files");
  if (apps.some(sharesFiles)) checkKeeping(fleet?.files ?? {}, place);
  else if (fleet?.files)
    place.refuseUnseen("is said, and no app shares files", "leave it out, or set sharedData of an app");
}

/** Nodes are the same for all apps, so they have to have room for the one that asks for most. */
function checkRedis(name: string, { apps, fleet }: SiteArgs, report: Report): void {
  const place = report.in("fleet", "redis");
  const asked = apps.flatMap(({ redis }) => (redis ? [wholeRedis(redis).memoryMiB] : []));
  if (asked.length) {
    checkNodes(fleet?.redis ?? {}, Math.max(...asked), place);
    const fault = redisNameFault(name);
    if (fault) report.in("name").refuse(name, fault.reason, fault.fix);
  } else if (fleet?.redis)
    place.refuseUnseen("is said, and no app asks for a Redis", "leave it out, or set redis of an app");
}

/** What balancer and machines refuse, said before anything is made. Ids that come to be known later have no problems. */
function partProblems(name: string, args: SiteArgs, fleet: SiteFleetArgs, network: NetworkPlan): Problem[] {
  const later = network.zones.map(({ letter }) => `subnet-${letter}`);
  const { problems: ofBalancer } = planLoadBalancer(name, {
    ...saidBalancer(args, fleet, network),
    vpcId: "vpc",
    subnetIds: later,
    hosts: [{ name, id: "sg" }],
    certificateArn: "arn",
  });
  const ofMachines = fleetProblems(name, {
    ...saidFleet(args, fleet),
    debian: args.debian ?? 12, // what it can be is checked of the host
    subnetIds: later,
    securityGroupIds: ["sg"],
    targetGroupArns: ["arn"],
    tags: args.tags,
  });
  const own = (keys: readonly string[]): Record<string, string> =>
    Object.fromEntries(keys.map((key) => [key, `fleet.${key}`]));
  return [
    ...renamed(ofBalancer, own(["idleSeconds", "stickySeconds", "accessLogs"])).map((problem) => ({
      ...problem,
      fix: problem.fix.replace(/\bset idleSeconds\b/, "set fleet.idleSeconds").replace("front[0].", "cdn."),
    })),
    ...renamed(ofMachines, { ...own(["minimum", "maximum", "spot", "startSeconds"]), scaling: "fleet" }),
  ];
}
