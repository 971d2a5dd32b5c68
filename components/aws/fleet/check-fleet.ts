import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { checkRange } from "../../app/validation/text";
import { validateApps } from "../../app/validate";
import { serverProblems } from "../check-server";
import { architectureOf, defaultInstanceType, instanceTypeFault } from "../instance-type";
import { siteNameFault } from "../names";
import { watchProblems } from "../watch/check-watch";
import { FleetArgs } from "./fleet-args";
import { sharedStateProblems } from "./fleet-problems";

/** Most alarms that one exchange of machines looks at (Auto Scaling API Reference, "AlarmSpecification"). */
const mostAlarms = 10;

/** What is wrong with a fleet beside its user data. */
export function fleetProblems(name: string, args: FleetArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const fault = siteNameFault(name);
  if (fault) report.in("name").refuse(name, fault.reason.replace("a site", "a fleet"), fault.fix);
  checkPlan(args, report.in("plan"));
  checkPlace(args, report);
  checkNumbers(args, report);
  checkHealth(args, report);
  checkScaling(args, report);
  checkSpot(args, report);
  checkTags(args, report.in("tags"));
  return [
    ...validateApps(args.apps),
    ...sharedStateProblems(args.apps),
    ...problems,
    ...serverProblems(args),
    ...watchProblems(args),
  ];
}

function checkPlan({ plan, store }: FleetArgs, report: Report): void {
  if (plan === undefined) return;
  if (!/^[0-9a-f]{64}$/.test(plan))
    report.refuse(plan, "is no digest", "give the plan's SHA-256, 64 hexadecimal digits");
  if (!store) report.refuse(plan, "is in no store", "give the store, or leave it out");
}

function checkPlace({ subnetIds, targetGroupArns }: FleetArgs, report: Report): void {
  const known = subnetIds.filter((id) => typeof id === "string");
  if (subnetIds.length === 0) report.in("subnetIds").refuseUnseen("is empty", "give one in each availability zone");
  if (new Set(known).size < known.length)
    report.in("subnetIds").refuseUnseen("has a subnet twice", "name each of them once");
  if (targetGroupArns.length === 0)
    report
      .in("targetGroupArns")
      .refuseUnseen("is empty", "name those of a load balancer, or nothing reaches the fleet");
}

function checkNumbers(args: FleetArgs, report: Report): void {
  const { minimum, maximum, desired, scaling } = args;
  checkRange(minimum, [1, Infinity], report.in("minimum"));
  checkRange(maximum, [Math.max(1, minimum), Infinity], report.in("maximum"));
  if (desired === undefined) return;
  if (scaling) report.in("desired").refuse(desired, "would undo what scaling has done", "leave one of the two out");
  else checkRange(desired, [minimum, maximum], report.in("desired"));
}

/** Least and most (the pages of AWS that the arguments' comments name). */
const ranges = {
  startSeconds: [30, 7200],
  graceSeconds: [0, Infinity],
  warmUpSeconds: [0, Infinity],
  minimumHealthyPercent: [0, 100],
  maximumHealthyPercent: [100, 200],
  maximumAgeDays: [1, 365],
} as const;

function checkHealth(args: FleetArgs, report: Report): void {
  for (const key of Object.keys(ranges) as (keyof typeof ranges)[]) checkRange(args[key], ranges[key], report.in(key));
  const { minimumHealthyPercent: least = 100, maximumHealthyPercent: most = 200, alarmNames = [] } = args;
  if (most - least > 100)
    report
      .in("maximumHealthyPercent")
      .refuse(most, `is more than 100 above the least, ${least}`, `use at most ${least + 100}`);
  if (alarmNames.length > mostAlarms)
    report
      .in("alarmNames")
      .refuseUnseen(`has ${alarmNames.length} alarms, and AWS looks at ${mostAlarms} at most`, "make one of several");
}

function checkScaling({ scaling }: FleetArgs, report: Report): void {
  if (!scaling) return;
  const place = report.in("scaling");
  if (scaling.cpuPercent === undefined && scaling.requests === undefined)
    place.refuseUnseen("says nothing to aim for", "give cpuPercent, requests or both, or leave it out");
  checkRange(scaling.cpuPercent, [1, 100], place.in("cpuPercent"));
  checkRange(scaling.requests?.perTarget, [1, Infinity], place.in("requests", "perTarget"));
}

function checkSpot({ spot, instanceType = defaultInstanceType }: FleetArgs, report: Report): void {
  if (!spot) return;
  const place = report.in("spot");
  checkRange(spot.onDemandBase, [0, Infinity], place.in("onDemandBase"));
  checkRange(spot.onDemandPercent, [0, 100], place.in("onDemandPercent"));
  spot.instanceTypes?.forEach((type, index) => {
    const fault = instanceTypeFault(type);
    if (fault) place.in("instanceTypes", index).refuse(type, fault.reason, fault.fix);
    else if (architectureOf(type) !== architectureOf(instanceType))
      place
        .in("instanceTypes", index)
        .refuse(type, `cannot run the image of ${instanceType}`, `give types of ${architectureOf(instanceType)}`);
  });
}

/** What a key may be made of where machines can read their tags (Amazon EC2 User Guide, "Tag restrictions"). */
const readableKey = /^[\w+\-=.,:@]{1,128}$/;

function checkTags({ tags = {} }: FleetArgs, report: Report): void {
  for (const key of Object.keys(tags)) {
    if (!readableKey.test(key) || /^aws:/i.test(key) || /^(?:\.{1,2}|_index)$/.test(key))
      report
        .in(key)
        .refuseUnseen("cannot be a tag of machines that read their tags", 'use letters, digits and "+-=.,_:@"');
  }
}
