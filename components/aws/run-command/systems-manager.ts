import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  paginateDescribeInstanceInformation,
  SendCommandCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";

/** How a command on an instance stands. */
export interface Invocation {
  /** SSM's word for it, e.g. `InProgress`, `Success`, `TimedOut`. */
  status: string;
  /** The first 24,000 characters that it printed. */
  stdout: string;
  /** The first 8,000 characters that it complained with. */
  stderr: string;
}

/** What is asked of AWS Systems Manager. */
export interface SystemsManager {
  /** Whether the agent of an instance is there to take commands. */
  isOnline(instance: string): Promise<boolean>;
  /** Instances of an Auto Scaling group whose agents take commands. */
  machinesOf(group: string): Promise<string[]>;
  /** Has an instance run the lines of a shell script; gives the command's id. */
  send(instance: string, lines: readonly string[], timeoutSeconds: number): Promise<string>;
  /** How a command stands; undefined when SSM has not heard of it yet. */
  invocation(instance: string, command: string): Promise<Invocation | undefined>;
}

/** The real one, with the credentials that the environment has. */
export function systemsManager(region: string): SystemsManager {
  const client = new SSMClient({ region, maxAttempts: 8 });
  return {
    async isOnline(instance) {
      const filter = { Filters: [{ Key: "InstanceIds", Values: [instance] }] };
      const { InstanceInformationList: [found] = [] } = await client.send(
        new DescribeInstanceInformationCommand(filter),
      );
      return found?.PingStatus === "Online";
    },
    async machinesOf(group) {
      // Every instance of a group has this tag, by AWS (Amazon EC2 Auto Scaling User Guide, "Tag Auto Scaling groups").
      const Filters = [{ Key: "tag:aws:autoscaling:groupName", Values: [group] }];
      const found: string[] = [];
      for await (const page of paginateDescribeInstanceInformation({ client }, { Filters })) {
        for (const { InstanceId, PingStatus } of page.InstanceInformationList ?? [])
          if (InstanceId !== undefined && PingStatus === "Online") found.push(InstanceId);
      }
      return found;
    },
    async send(instance, lines, timeoutSeconds) {
      const { Command } = await client.send(
        new SendCommandCommand({
          DocumentName: "AWS-RunShellScript",
          InstanceIds: [instance],
          Comment: "Landfall: apply the host plan",
          Parameters: { commands: [...lines], executionTimeout: [String(timeoutSeconds)] },
        }),
      );
      return Command!.CommandId!;
    },
    async invocation(instance, command) {
      try {
        const answer = await client.send(new GetCommandInvocationCommand({ InstanceId: instance, CommandId: command }));
        return {
          status: answer.Status ?? "Pending",
          stdout: answer.StandardOutputContent ?? "",
          stderr: answer.StandardErrorContent ?? "",
        };
      } catch (error) {
        if ((error as Error).name === "InvocationDoesNotExist") return undefined;
        throw error;
      }
    },
  };
}
