import { App } from "../app/app";
import { suggestion } from "../app/nearest";
import { reportPassword, webSecrets } from "../app/paths";
import { at, Problem } from "../app/problem";
import { portsOf } from "../app/traffic";
import { Report } from "../app/validation/report";
import { inlineProblems } from "../host/cloud-init/inline-problems";
import { ssmAgentProblems } from "../host/ssm-agent";
import { serverProblems } from "./check-server";
import { othersProblems } from "./check-others";
import { siteCdnProblems } from "./check-site-cdn";
import { siteNameProblems } from "./check-site-names";
import { siteShapeProblems } from "./check-site-fleet";
import { trafficProblems } from "./check-traffic";
import { isInZone } from "./match-zone";
import { bucketNameFault, siteNameFault } from "./names";
import { planTraffic } from "./plan-traffic";
import { Delivery, SiteArgs } from "./site-args";
import { hasCdn, isFleet } from "./site-shape";
import { answersItself } from "../app/app-tls";
import { siteWatchProblems, watchProblems } from "./watch/check-watch";

/** What is wrong with a site beside what is wrong with its apps. */
export function siteProblems(name: string, args: SiteArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  checkName(name, report.in("name"));
  checkZone(args, report);
  checkSecrets(args, report.in("secrets"));
  checkTrafficReport(args, report.in("web", "logs", "report"));
  checkDelivery(args, report);
  checkNetwork(args, report);
  checkFront(args, report);
  return [
    ...problems,
    ...(args.delivery === Delivery.Inline ? inlineProblems(args.apps) : []),
    ...(args.ssmAgent ? ssmAgentProblems(args.ssmAgent, "ssmAgent") : []),
    ...publicPortProblems(args.apps),
    ...ownTlsProblems(args),
    ...planTraffic({ egress: args.egress, rulesQuota: args.rulesQuota }).problems,
    ...serverProblems(args),
    ...watchProblems(args),
    ...(args.monitoring ? siteWatchProblems(args.monitoring) : []),
    ...othersProblems(args),
    ...siteNameProblems(args),
    ...siteShapeProblems(name, args),
    ...siteCdnProblems(name, args),
  ];
}

function checkName(name: string, report: Report): void {
  const fault = siteNameFault(name);
  if (fault) report.refuse(name, fault.reason, fault.fix);
}

function checkZone({ apps, zone }: SiteArgs, report: Report): void {
  if (!zone) return;
  const check = (domain: string, place: Report): void => {
    if (isInZone(domain, zone.name)) return;
    const fix = "use a name below it, or leave out the zone and let it be found";
    place.in("domain").refuse(domain, `does not lie in the zone "${zone.name}"`, fix);
  };
  apps.forEach((app, index) => {
    app.routes?.forEach(({ domain }, route) => check(domain, report.in("apps", index, "routes", route)));
    if (app.tls && answersItself(app)) check(app.tls.domain, report.in("apps", index, "tls"));
  });
}

/** Each value has to be for a secret that some app asks for, and each secret needs a value or a host that makes one up. */
function checkSecrets({ apps, web, secrets = {} }: SiteArgs, report: Report): void {
  const ofApps = apps.flatMap((app) =>
    (app.secrets ?? []).map(({ name, generate }) => ({ key: `${app.name}/${name}`, generate })),
  );
  const page = web?.logs?.report;
  const asked = [
    ...ofApps,
    ...(page && !page.open ? [{ key: `${webSecrets}/${reportPassword}`, generate: true }] : []),
  ];
  const keys = asked.map(({ key }) => key);
  for (const key of Object.keys(secrets)) {
    if (keys.includes(key)) continue;
    report.in(key).refuseUnseen("is a secret of no app", keys.length ? suggestion(key, keys) : "no app asks for any");
  }
  for (const { key, generate } of asked) {
    if (generate || Object.hasOwn(secrets, key)) continue;
    report
      .in(key)
      .refuseUnseen("has no value", "give one, from the stack's configuration, or let the host generate it");
  }
}

/** Each machine of a fleet would show what it has answered itself, and ask for a password of its own. */
function checkTrafficReport(args: SiteArgs, report: Report): void {
  if (isFleet(args) && args.web?.logs?.report)
    report.refuseUnseen("would be another one on each machine", "leave it out, and merge the machines' logs for one");
}

/** What only an agent reports, which user data has no room for. */
const agentFigures = ["memoryPercent", "diskPercent", "errorPercent", "logDays", "agent"] as const;

function checkDelivery({ delivery, bucketName, secrets, monitoring }: SiteArgs, report: Report): void {
  const choices: readonly string[] = Object.values(Delivery);
  if (delivery !== undefined && !choices.includes(delivery))
    report.in("delivery").refuse(delivery, "is no way to a machine", suggestion(delivery, choices));
  const fault = bucketName === undefined ? undefined : bucketNameFault(bucketName);
  if (fault) report.in("bucketName").refuse(bucketName, fault.reason, fault.fix);
  if (delivery !== Delivery.Inline) return;
  if (bucketName !== undefined)
    report.in("bucketName").refuse(bucketName, "is the name of a bucket that nobody would read", "leave it out");
  if (Object.keys(secrets ?? {}).length)
    report.in("secrets").refuseUnseen("would be in user data", "let the host generate them, or deliver by a store");
  for (const key of agentFigures) {
    if (monitoring?.[key] !== undefined)
      report
        .in("monitoring", key)
        .refuseUnseen(
          "is of what an agent reports, for which user data has no room",
          "leave it out, or deliver by a store",
        );
  }
}

function checkNetwork({ vpcId, subnetId }: SiteArgs, report: Report): void {
  const fix = "give both, or neither for the default VPC";
  if (vpcId !== undefined && subnetId === undefined) report.in("subnetId").refuseUnseen("is missing beside vpcId", fix);
  if (vpcId === undefined && subnetId !== undefined) report.in("vpcId").refuseUnseen("is missing beside subnetId", fix);
}

/** Ports that everybody may reach are no ports of administration. Those that are no ports at all are said elsewhere. */
function publicPortProblems(apps: readonly App[]): Problem[] {
  return apps.flatMap((app, index) =>
    (app.listen?.publicPorts ?? []).flatMap((port, place) =>
      (portsOf(String(port)) ? trafficProblems({ port: String(port) }, "ingress", "") : []).map(({ reason }) => ({
        path: at(at(at(at("apps", index), "listen"), "publicPorts"), place),
        value: port,
        reason,
        fix: "let it listen on another port",
      })),
    ),
  );
}

/** The domains of a site lead to what stands in front of its server, which knows of no app that answers by itself. */
function ownTlsProblems(args: SiteArgs): Problem[] {
  if (!hasCdn(args) && !args.webServer && !args.front?.length) return [];
  return args.apps.flatMap((app, index) =>
    answersItself(app)
      ? [
          {
            path: at(at("apps", index), "tls"),
            value: app.tls?.domain,
            reason: "is the domain of an app that clients connect to by themselves, and here they connect to another",
            fix: "give the app routes in place of public ports, or leave out what stands in front",
          },
        ]
      : [],
  );
}

function checkFront(args: SiteArgs, report: Report): void {
  if (hasCdn(args) || isFleet(args)) return; // what is in front of these is not said here
  const { front = [], originSecrets, zone, delivery } = args;
  const proving = front.filter((hop) => hop.provesBy !== undefined);
  const place = report.in("originSecrets");
  if (proving.length > 1)
    report.in("front").refuseUnseen("has two hops that prove themselves", "let the one that clients connect to do it");
  if (proving[0] && !originSecrets)
    place.refuseUnseen(
      `is missing, by which ${proving[0].name} proves itself`,
      "give what the origin of the Cdn has as its secrets",
    );
  if (originSecrets && !proving.length)
    place.refuseUnseen("is for a hop that proves itself, and none does", "leave it out, or let cloudFrontHop do it");
  if (originSecrets && delivery === Delivery.Inline)
    place.refuseUnseen("would be in user data", "leave it out, or deliver by a store");
  if (zone && front.length)
    report
      .in("zone")
      .refuse(zone.name, "is given, but no record is made: names lead to what is in front", "leave it out");
}
