import { failureLines } from "../../host/apply/failure";
import { ApplyState, ApplyStatus, statusFile } from "../../host/apply/status";
import { bootstrapPath } from "../../host/cloud-init/units";
import { renderCommand } from "../../host/shell/render";
import { command } from "../../host/shell/tree";
import { look } from "../look";
import { Invocation, SystemsManager } from "./systems-manager";

/** Which plan is to be in force on which instance. */
export interface UpdateSpec {
  instance: string;
  /** Digest of the plan. @default whichever the store points to */
  plan?: string;
}

/** How long things may take, in seconds. */
export interface Patience {
  /** A new machine boots, installs packages and the SSM agent before it can be spoken to. */
  online: number;
  /** The host applies its plan: it installs Python environments and waits for every app to be healthy. */
  apply: number;
  /** Between two looks. */
  look: number;
}

export const usualPatience: Patience = { online: 20 * 60, apply: 60 * 60, look: 2 };

/**
 * Has an instance apply the plan that its store points to, and waits until every app answers.
 *
 * @throws Error with the host's own log lines when the plan could not be applied or an app is not healthy
 */
export async function applyPlan(
  spec: UpdateSpec,
  aws: SystemsManager,
  report: (line: string) => void,
  patience: Patience = usualPatience,
): Promise<{ applied: string; message: string }> {
  await waitUntilOnline(spec.instance, aws, report, patience);
  report(`instance ${spec.instance}: applying the host plan`);
  const apply = await run(spec.instance, ["python3", bootstrapPath], aws, report, patience);
  // By a command of its own, so that neither cuts off what the other says.
  const shown = await run(spec.instance, ["cat", statusFile], aws, report, patience);
  const status = statusOf(shown.stdout);
  const { applied } = status ?? {};
  const isApplied = apply.status === "Success" && status?.state === ApplyState.Applied;
  if (!isApplied || !applied || applied !== (spec.plan ?? applied)) {
    throw new Error(failureLines(`instance ${spec.instance}`, status, said(apply)).join("\n"));
  }
  return { applied, message: status.message };
}

async function waitUntilOnline(
  instance: string,
  aws: SystemsManager,
  report: (line: string) => void,
  patience: Patience,
): Promise<void> {
  const waiting = `instance ${instance}: waiting for its SSM agent`;
  if (
    await look(() => aws.isOnline(instance), waiting, report, { seconds: patience.online, everySeconds: patience.look })
  )
    return;
  throw new Error(
    `instance ${instance}: its SSM agent did not come online within ${patience.online} s, so what happened on the ` +
      `machine is not known here; see: aws ec2 get-console-output --latest --output text --instance-id ${instance}`,
  );
}

async function run(
  instance: string,
  words: readonly string[],
  aws: SystemsManager,
  report: (line: string) => void,
  patience: Patience,
): Promise<Invocation> {
  const line = renderCommand(command(...words));
  const id = await aws.send(instance, [line], patience.apply);
  const ended = async (): Promise<Invocation | undefined> => {
    const invocation = await aws.invocation(instance, id);
    return invocation && !underWay.includes(invocation.status) ? invocation : undefined;
  };
  const waiting = `instance ${instance}: still at ${line}`;
  const invocation = await look(ended, waiting, report, { seconds: patience.apply, everySeconds: patience.look });
  if (invocation) return invocation;
  throw new Error(`instance ${instance}: ${line} did not end within ${patience.apply} s (SSM command ${id})`);
}

/** What SSM calls a command that has not ended (AWS Systems Manager User Guide, "Understanding command statuses"). */
const underWay = ["Pending", "InProgress", "Delayed", "Cancelling"];

function statusOf(text: string): ApplyStatus | undefined {
  try {
    return JSON.parse(text) as ApplyStatus;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // none yet, or longer than SSM hands on
    throw error;
  }
}

function said({ status, stdout, stderr }: Invocation): string {
  return `${stdout}\n${stderr}\nSSM: ${status}`.trim();
}
