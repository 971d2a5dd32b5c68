import { Problem } from "../../app/problem";
import { S3StoreConfig, StoreKind, storeProblems } from "../../host/apply/store";
import { userData, userDataProblems } from "../../host/cloud-init/user-data";
import { canonicalJson, sha256 } from "../../host/digest";
import { serverUserDataProblems } from "../check-user-data";
import { architectureOf, defaultInstanceType } from "../instance-type";
import { fleetProblems } from "./check-fleet";
import { FleetArgs } from "./fleet-args";
import { fleetPrefix, FleetPlace } from "./fleet-prefix";

/** The hook that keeps requests from a machine until its host has said that all apps are healthy. */
export const healthyHook = "landfall-healthy";

/** All that is known of a fleet before any resource is made. */
export interface FleetPlan {
  /** What the group's name begins with. The machines' role is made for it before there is a group. */
  prefix: string;
  /** User data as base64. */
  userData: string;
  /** Name of the hook that the hosts release; null where the balancer alone decides. */
  hook: string | null;
  /** Stands for what the image is chosen by: another key, another image. */
  imageKey: string;
  /** How many machines there are at first; null leaves it to scaling. */
  desired: number | null;
  /** How long all of them may take to come up, in seconds. */
  waitSeconds: number;
  /** Types of instances to choose from, none where there is one only. */
  instanceTypes: string[];
  problems: Problem[];
}

/** After the last machine's apps are healthy the balancer has to find them so: two checks, 10 s apart, and some time to begin. */
const balancerSeconds = 300;

/** Plans a fleet, from plain data to plain data: the same description gives the same plan. */
export function planFleet(name: string, args: FleetArgs, place: FleetPlace): FleetPlan {
  const instanceType = args.instanceType ?? defaultInstanceType;
  const started = startOf(args);
  const image = {
    debian: args.debian,
    architecture: architectureOf(instanceType),
    generation: args.generation ?? 1,
  };
  return {
    prefix: fleetPrefix({ ...place, fleet: name }),
    userData: started.userData,
    hook: started.hook,
    imageKey: sha256(canonicalJson(image)).slice(0, 8),
    desired: args.scaling ? null : (args.desired ?? args.minimum),
    waitSeconds: (args.startSeconds ?? 1200) + balancerSeconds,
    instanceTypes: args.spot ? [instanceType, ...(args.spot.instanceTypes ?? [])] : [],
    problems: [...fleetProblems(name, args), ...started.problems],
  };
}

interface Start {
  userData: string;
  hook: string | null;
  problems: Problem[];
}

/** What the machines begin with: user data that is given, or what reads the store and releases the hook. */
function startOf(args: FleetArgs): Start {
  const { store } = args;
  const given = args.userData !== undefined || args.userDataBase64 !== undefined;
  if (given || !store) {
    const base64 = args.userDataBase64 ?? Buffer.from(args.userData ?? "").toString("base64");
    return { userData: base64, hook: null, problems: serverUserDataProblems(args) };
  }
  const config: S3StoreConfig = {
    kind: StoreKind.S3,
    bucket: store.bucketName,
    region: null,
    prefix: store.prefix ?? "",
    parameters: store.parameters,
    lifecycleHook: healthyHook,
  };
  const text = userData({ store: config });
  return {
    userData: Buffer.from(text).toString("base64"),
    hook: healthyHook,
    problems: [
      ...storeProblems(config, "store").map((problem) => ({
        ...problem,
        path: problem.path.replace(/^store\.bucket$/, "store.bucketName"),
      })),
      ...userDataProblems(text, "store"),
    ],
  };
}
