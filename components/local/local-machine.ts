import * as pulumi from "@pulumi/pulumi";
import { applyProgram } from "../host/apply/program";
import { userData } from "../host/cloud-init/user-data";
import { canonicalJson, sha256 } from "../host/digest";
import { HostPlan } from "../host/plan";
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
    const user = userData({ store: { kind: "folder", path: guestStore, parameters: guestParameters } });

    const store = localCommand(
      `${name}-store`,
      {
        up: "publish",
        down: "unpublish",
        spec: { ...spec, program: program.digest, archives: args.archives },
        stdin: plan,
      },
      { parent: this },
    );
    const values = pulumi.secret(pulumi.all(args.parameters).apply(canonicalJson));
    const parameters = localCommand(
      `${name}-parameters`,
      { up: "parameters", down: "remove-parameters", spec, stdin: values },
      { parent: this, additionalSecretOutputs: ["stdin"] },
    );
    const machine = localCommand(
      `${name}-machine`,
      {
        up: "machine",
        down: "remove-machine",
        spec: { ...spec, debian: args.plan.debian, forward: args.forward ?? [] },
        stdin: user,
        runsAgainOn: { LANDFALL_LIFE: lifeOf(args.network, name) },
        replacesOn: [String(args.plan.debian), sha256(user)],
      },
      { parent: this, dependsOn: [store, parameters], deleteBeforeReplace: true },
    );
    const applied = localCommand(
      `${name}-apply`,
      {
        up: "apply",
        spec: { ...spec, plan: sha256(plan), program: program.digest },
        runsAgainOn: {
          LANDFALL_PARAMETERS: values.apply(sha256),
          LANDFALL_LIFE: lifeOf(args.network, name),
        },
      },
      { parent: this, dependsOn: [machine] },
    );

    this.address = pulumi
      .all([machine.stdout, applied.stdout])
      .apply(([stdout]) => (JSON.parse(stdout) as { address: string }).address);
    this.registerOutputs({ address: this.address });
  }
}
