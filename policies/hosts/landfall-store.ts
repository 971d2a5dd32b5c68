import { storePaths } from "../../components/host/apply/store";
import { planPath, storeConfigPath } from "../../components/host/cloud-init/units";
import { Graph, ofType, Resource } from "../graph/graph";
import { entry, text, uncovered } from "../graph/read";
import { perGraph } from "../graph/per-graph";
import { references } from "../graph/references";
import { UNKNOWN } from "../graph/value";
import { fileAt } from "../reader/provides";
import { HostView } from "../reader/host-view";
import { readPlan } from "../reader/read-plan";

const bucketTypes = ["aws:s3/bucket:Bucket"];
const objectType = "aws:s3/bucketObject:BucketObject";

/** A host's plan: what is read of it, or why it cannot be. */
export type FoundPlan = { readonly view: HostView } | { readonly missing: string };

/**
 * The plan of a host: the one that its user data carries, or that the pointer of its store names. Null when the user
 * data is not Landfall's bootstrap.
 */
export function planOf(graph: Graph, userData: HostView): FoundPlan | null {
  if (!userData.bootstrapped) return null;
  const carried = fileAt(userData, planPath)?.content;
  if (typeof carried === "string") return { view: readPlan(carried, planPath) };
  const store = storeOf(userData);
  if (!store) return { missing: `${storeConfigPath} does not say which bucket its plan is in` };
  const objects = objectsOf(graph).get(store.bucket) ?? [];
  const plans = objects.filter((object) => keyOf(object)?.startsWith(`${store.prefix}plans/`));
  const pointer = objects.find((object) => keyOf(object) === store.prefix + storePaths.pointer);
  const digest = pointer && pointedPlan(pointer);
  const plan = digest
    ? plans.find((object) => keyOf(object) === store.prefix + storePaths.plan(digest))
    : plans.length === 1
      ? plans[0]
      : undefined;
  if (!plan) return { missing: `its plan is not among the objects of bucket ${store.bucket}` };
  const content = contentOf(plan);
  return content === null
    ? { missing: `the content of its plan, ${keyOf(plan)}, is not known` }
    : { view: readPlan(content, `plan ${plan.name}`) };
}

function storeOf(userData: HostView): { bucket: string; prefix: string } | null {
  const config = parsed(fileAt(userData, storeConfigPath)?.content);
  const bucket = config["bucket"];
  if (typeof bucket !== "string") return null;
  const prefix = typeof config["prefix"] === "string" ? config["prefix"].replace(/^\/+|\/+$/g, "") : "";
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}

/** The objects of a graph by the name of their bucket. */
const objectsOf = perGraph((graph) => {
  const byBucket = new Map<string, Resource[]>();
  for (const object of ofType(graph, objectType))
    for (const bucket of bucketNames(graph, object)) {
      const same = byBucket.get(bucket);
      if (same) same.push(object);
      else byBucket.set(bucket, [object]);
    }
  return byBucket;
});

function bucketNames(graph: Graph, object: Resource): string[] {
  const { resources, foreign } = references(graph, object, "bucket", bucketTypes, ["id", "bucket"]);
  const names = resources.map((bucket) => text(bucket.properties["bucket"])).filter((name) => typeof name === "string");
  return [...names, ...foreign];
}

function keyOf(object: Resource): string | undefined {
  const key = text(object.properties["key"]);
  return key === UNKNOWN ? undefined : key?.replace(/^\/+/, "");
}

function pointedPlan(pointer: Resource): string | undefined {
  const plan = parsed(contentOf(pointer))["plan"];
  return typeof plan === "string" ? plan : undefined;
}

/** The text of an object, given as text, in base64 or as an asset that carries its text. */
function contentOf(object: Resource): string | null {
  const { content, contentBase64, source } = object.properties;
  const plain = text(content);
  if (typeof plain === "string") return plain;
  const encoded = text(contentBase64);
  if (typeof encoded === "string") return Buffer.from(encoded, "base64").toString("utf8");
  const carried = text(entry(uncovered(source), "text"));
  return typeof carried === "string" ? carried : null;
}

function parsed(content: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(content ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
