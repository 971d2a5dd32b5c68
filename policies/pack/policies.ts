import type { Policies, ResourceValidationArgs, StackValidationArgs, ReportViolation } from "@pulumi/policy";
import { describeProblems, Problem } from "../../components/app/problem";
import { evaluate } from "../evaluate";
import { Level, Severity, Status } from "../finding";
import { graphOf } from "../graph/graph";
import { resourceLabel } from "../report/report";
import { Rule } from "../rule";
import { rules } from "../rules";
import { readSettings, Settings } from "../settings";
import { applyWaivers, findingsAboutWaivers, JudgedFinding } from "../waivers/apply";
import { readWaivers } from "../waivers/read";
import { PlacedWaiver } from "../waivers/waiver";
import { configSchema } from "./config-schema";
import { changedProperties } from "./remediation";
import { resourcesOf } from "./resources";
import { reportViolation, Violation } from "./violation";

/** Name of the policy that evaluates all rules; its configuration holds the settings and the waivers. */
const checklistPolicy = "checklist";

/**
 * The policies of the pack: one for the whole stack, which reports each finding under the name of its rule, and one for
 * each rule whose findings can be put right while a resource is registered. One, because the SDK reads all resources anew
 * for each policy of a stack.
 */
export function policies(): Policies {
  return [
    {
      name: checklistPolicy,
      displayName: "Deployment checklist",
      description: "The apps are deployed as the checklist asks",
      enforcementLevel: "mandatory",
      configSchema: configSchema(rules),
      validateStack,
    },
    ...rules.filter(isRemediating).map(({ id, title, help, severity, remediate }) => ({
      name: id,
      displayName: title,
      description: title,
      remediationSteps: help,
      enforcementLevel: "remediate" as const,
      severity,
      remediateResource: (args: ResourceValidationArgs) => changedProperties(args, remediate),
    })),
  ];
}

type Remediating = Rule & { readonly remediate: NonNullable<Rule["remediate"]> };

const isRemediating = (rule: Rule): rule is Remediating => rule.remediate !== undefined;

/** Reports what fails. On `up` this runs once more when all is deployed; what a preview finds stops it before. */
async function validateStack(args: StackValidationArgs, report: ReportViolation): Promise<void> {
  const { settings, waivers, problems } = readConfiguration(args.getConfig());
  if (problems.length > 0) {
    const message = describeProblems(`the configuration of policy "${checklistPolicy}"`, problems);
    reportViolation(report, { name: checklistPolicy, message, severity: Severity.High });
    return;
  }
  const today = new Date().toISOString().slice(0, 10);
  const found = evaluate(graphOf(await resourcesOf(args.resources)), settings);
  const judged = [...applyWaivers(found, waivers, today), ...findingsAboutWaivers(found, waivers, today)];
  for (const finding of judged) {
    if (finding.status === Status.Fail) reportViolation(report, violationOf(finding));
  }
  const open = judged.filter(({ status }) => status === Status.Unknown);
  if (open.length > 0) reportViolation(report, openQuestions(open));
}

interface Configuration {
  readonly settings: Settings;
  readonly waivers: readonly PlacedWaiver[];
  readonly problems: readonly Problem[];
}

function readConfiguration({ waivers = [], ...rest }: Readonly<Record<string, unknown>>): Configuration {
  const { settings, problems } = readSettings(rest);
  const ruleIds = rules.map(({ id }) => id);
  const read = readWaivers(waivers, "waivers", ruleIds);
  return { settings, waivers: read.waivers, problems: [...problems, ...read.problems] };
}

/** What is the case, what to do, and the key by which it could be waived. */
function violationOf({ rule, key, resource, place, severity, level, message, fix }: JudgedFinding): Violation {
  const where = place ? `${place.file}${place.line === null ? "" : `:${place.line}`}: ` : "";
  return {
    name: rule,
    message: [`${where}${message}`, `fix: ${fix}`, ...(key === rule ? [] : [`finding: ${key}`])].join("\n"),
    severity,
    ...(resource?.startsWith("urn:") && { urn: resource }),
    ...(level === Level.Advisory && { enforcementLevel: "advisory" }),
  };
}

/** One warning for all that cannot be decided yet: most is unknown only because nothing is deployed. */
function openQuestions(findings: readonly JudgedFinding[]): Violation {
  const lines = findings.map(({ key, resource, message }) => `  ${key}  ${resourceLabel(resource)}: ${message}`);
  const message = [
    `${findings.length === 1 ? "1 check" : `${findings.length} checks`} cannot be decided yet; after the deployment:`,
    "pulumi stack export > state.json && npx landfall check state.json",
    ...lines,
  ].join("\n");
  return { name: checklistPolicy, message, severity: Severity.Low, enforcementLevel: "advisory" };
}
