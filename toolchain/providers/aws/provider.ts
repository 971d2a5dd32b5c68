import type { PropertyMap } from "../property/value";
import type { Function, Provider, Resource } from "../provider";
import { account, type AccountSettings } from "./account/account";
import { permissionFault } from "./account/permission";
import { accountSettings } from "./account/settings";
import { lookups } from "./functions";
import type { Lookup } from "./lookup";
import { RecordedResource, type Simulation } from "./recorded-resource";
import { definitions } from "./resources";

/**
 * Stands in for the published `aws` provider 7.48.0 where there are no credentials: it previews what the official one would,
 * and records what an `up` would make, in AWS's own terms. It says that it is a simulation, and reaches no network.
 */
export function awsProvider(env: NodeJS.ProcessEnv): Provider {
  let configured: Simulation | undefined;
  const simulation = (): Simulation => {
    if (configured === undefined) throw new Error("the aws provider is asked before it is configured");
    return configured;
  };
  return {
    name: "aws",
    version: "7.48.0",
    resources: mapped(definitions, (definition): Resource => new RecordedResource(definition, simulation)),
    functions: mapped(lookups, (lookup): Function => answering(lookup, simulation)),
    configure(config, log) {
      configured = configuredSimulation(config, accountSettings(env), env);
      log("warning", "aws is simulated here: nothing is looked up or made in AWS (docs/simulation.md)");
    },
  };
}

function configuredSimulation(config: PropertyMap, settings: AccountSettings, env: NodeJS.ProcessEnv): Simulation {
  const region = config["region"] || env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (typeof region !== "string") {
    throw new Error("aws:region  is missing; set it by `pulumi config set aws:region eu-central-1`, or AWS_REGION");
  }
  let refused = false;
  return {
    account: account(region, settings),
    permitChanges: () => {
      const fault = permissionFault(env);
      if (fault === undefined) return;
      // The engine begins with several resources at once: one of them says it all.
      const reason = refused ? "not made: aws is simulated here" : fault;
      refused = true;
      throw new Error(reason);
    },
  };
}

function answering({ table, find }: Lookup, simulation: () => Simulation): Function {
  return {
    table,
    async call(args) {
      const { account } = simulation();
      return find(args, account, (args["region"] as string | undefined) ?? account.region);
    },
  };
}

function mapped<Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
