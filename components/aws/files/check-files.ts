import { Fault, Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { FilesArgs, SharedFilesArgs } from "./files-args";

/** The times that a lifecycle can wait (Amazon EFS API Reference, "LifecyclePolicy": TransitionToIA), in days. */
const seldomDays = [1, 7, 14, 30, 60, 90, 180, 270, 365];

/** Letters of a security group's name (EC2 API Reference, "CreateSecurityGroup"), less a hyphen and 7 at random. */
const nameLetters = 247;

/** What is wrong with the name of shared files: a security group is named by it. */
function filesNameFault(name: string): Fault | undefined {
  if (name.length <= nameLetters) return undefined;
  return { reason: `has ${name.length} characters`, fix: `use at most ${nameLetters}` };
}

/** What is wrong with shared files. Values that come to be known later have no problems. */
export function filesProblems(name: string, args: SharedFilesArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  const fault = filesNameFault(name);
  if (fault) report.in("name").refuse(name, fault.reason, fault.fix);
  if (args.subnetIds.length === 0)
    report.in("subnetIds").refuseUnseen("is empty", "give one in each availability zone");
  if (args.hosts.length === 0) report.in("hosts").refuseUnseen("is empty", "name the groups of those who use it");
  checkKeeping(args, report);
  return problems;
}

/** What is wrong with how they are kept. */
export function checkKeeping({ seldomReadDays }: FilesArgs, report: Report): void {
  if (seldomReadDays === undefined || seldomDays.includes(seldomReadDays)) return;
  report
    .in("seldomReadDays")
    .refuse(seldomReadDays, "is no time that EFS can wait", `give one of ${seldomDays.join(", ")}`);
}
