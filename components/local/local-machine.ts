import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../host/apply/program";
import { userData } from "../host/cloud-init/user-data";
import { canonicalJson, sha256 } from "../host/digest";
import { HostPlan } from "../host/plan";
import { machineNeeds } from "./delivery/bring-up";
import { guestParameters, guestStore } from "./delivery/folders";
import { localCommand } from "./local-command";
import { lifeOf } from "./delivery/life";

/** A port of this computer that leads to a port of the machine. */
export interface ForwardedPort {
  from: number;
  to: number;
}

/** What runs on a local machine. */
export interface LocalMachineArgs {
  /** Id of the private network: machines with the same one reach each other by name. */
  network: string;
  /** Everything that is to be true of the machine. */
  plan: HostPlan;
  /** Packed code: path on this computer by digest. */
  archives: Record<string, string>;
  /** Secrets and certificates by parameter name. */
  parameters: Record<string, pulumi.Input<string>>;
  /** @default none */
  forward?: ForwardedPort[];
}

/**
 * One machine on this computer: booted by cloud-init like any cloud's, with its store and parameters as folders. It
 * exists once all apps of its plan answer; a changed plan is applied in place, changed user data makes a new machine.
 */
export class LocalMachine extends pulumi.ComponentResource {
  /** Address on the private network. */
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: LocalMachineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:LocalMachine", name, {}, opts);
    const plan = canonicalJson(args.plan);
    const program = applyProgram();
    const spec = { id: args.network, machine: name };
    const life = lifeOf(args.network, name);
    const user = userData({ store: { kind: "folder", path: guestStore, parameters: guestParameters } });

    const machine = localCommand(
      `${name}-machine`,
      {
        up: "machine",
        down: "remove-machine",
        spec: { ...spec, ...machineNeeds(args.plan), forward: args.forward ?? [] },
        stdin: user,
        runsAgainOn: { LANDFALL_LIFE: life },
        replacesOn: [String(args.plan.debian), sha256(user)],
      },
      { parent: this, deleteBeforeReplace: true },
    );
    // A machine boots while its certificates are being signed.
    const values = pulumi.secret(pulumi.all(args.parameters).apply(canonicalJson));
    const parameters = localCommand(
      `${name}-parameters`,
      { up: "parameters", down: "remove-parameters", spec, stdin: values },
      { parent: this, additionalSecretOutputs: ["stdin"] },
    );
    const applied = localCommand(
      `${name}-apply`,
      {
        up: "deliver",
        down: "withdraw",
        spec: { ...spec, program: program.digest, archives: args.archives },
        stdin: plan,
        runsAgainOn: {
          LANDFALL_PARAMETERS: values.apply(sha256),
          LANDFALL_LIFE: life,
          LANDFALL_USER_DATA: sha256(user),
        },
      },
      { parent: this, dependsOn: [machine, parameters] },
    );

    this.address = pulumi
      .all([machine.stdout, applied.stdout])
      .apply(([stdout]) => (JSON.parse(stdout) as { address: string }).address);
    this.registerOutputs({ address: this.address });
  }
}
