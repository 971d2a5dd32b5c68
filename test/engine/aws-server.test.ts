import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { ChangeEffect, changeEffect } from "../../components/aws/change-effect";
import type { ServerArgs } from "../../components/aws/server";
import { Step } from "./aws-project";
import { useAwsStack } from "./aws-stack";

const store = { bucketName: "landfall-dev-web", parameters: "/landfall/demo/dev/web" };
const packed = (text: string): string => gzipSync(text).toString("base64");
const userData = "#cloud-config\n";
const monitoring = { notify: { email: "ops@example.com" } };
const sources = ["203.0.113.7/32"];

/** A server as it is, and how it is wanted; the subnet is that of a zone, whose id only the account knows. */
interface PlantedChange {
  name: string;
  before?: Partial<ServerArgs> & { zone?: string };
  after: Partial<ServerArgs> & { zone?: string };
  effect: ChangeEffect | null;
}

/** A change to each property that does the most it can do. */
const most: Record<keyof ServerArgs, Omit<PlantedChange, "name" | "effect">> = {
  debian: { after: { debian: 13 } },
  userData: { before: { store: undefined }, after: { store: undefined, userData: "#cloud-config\n# other\n" } },
  userDataBase64: {
    before: { store: undefined, userData: undefined, userDataBase64: packed(userData) },
    after: { store: undefined, userData: undefined, userDataBase64: packed("#cloud-config\n# other\n") },
  },
  store: { after: { store: { ...store, bucketName: "landfall-dev-other" } } },
  securityGroupIds: { after: { securityGroupIds: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"] } },
  instanceType: { after: { instanceType: "t4g.small" } },
  subnetId: { before: { zone: "eu-central-1a" }, after: { zone: "eu-central-1b" } },
  ipv6: { after: { ipv6: true } },
  ami: { before: { ami: "ami-0123456789abcdef0" }, after: { ami: "ami-0123456789abcdef1" } },
  generation: { after: { generation: 2 } },
  rootGiB: { after: { rootGiB: 32 } },
  dataGiB: { after: { dataGiB: 40 } },
  ssh: { after: { ssh: { sources } } },
  monitoring: { after: { monitoring } },
  reports: {
    before: { monitoring },
    after: {
      monitoring,
      reports: { name: "/landfall/demo/dev/web", accessLog: "/landfall/demo/dev/web/nginx/access" },
    },
  },
  snapshots: { after: { snapshots: {} } },
  protection: { after: { protection: true } },
  tags: { after: { tags: { team: "web" } } },
};

/** Changes to the same properties that do less. */
const less: PlantedChange[] = [
  { name: "userData-with-store", after: { userData: "#cloud-config\n# other\n" }, effect: null },
  { name: "instanceType-of-same-processor", after: { instanceType: "t3.medium" }, effect: ChangeEffect.Restart },
  {
    name: "ssh-from-elsewhere",
    before: { ssh: { sources } },
    after: { ssh: { sources: ["198.51.100.7/32"] } },
    effect: ChangeEffect.InPlace,
  },
  {
    name: "snapshots-kept-longer",
    before: { snapshots: {} },
    after: { snapshots: { keepDays: 30 } },
    effect: ChangeEffect.InPlace,
  },
  {
    name: "monitoring-by-other-figures",
    before: { monitoring, reports: { name: "/landfall/demo/dev/other" } },
    after: { monitoring: { ...monitoring, memoryPercent: 80, diskPercent: 70 } },
    effect: ChangeEffect.InPlace,
  },
  { name: "nothing", after: {}, effect: null },
];

const changes: PlantedChange[] = [
  ...Object.entries(most).map(([name, change]) => ({
    ...change,
    name,
    effect: changeEffect(name as keyof ServerArgs),
  })),
  ...less,
];

/** One server for each change: so one preview shows them all. */
const program = (when: "before" | "after"): string => `
import * as ec2 from "@pulumi/aws/ec2";
import { Server, ServerArgs } from "../components";

const usual = ${JSON.stringify({ debian: 12, userData, store, securityGroupIds: ["sg-0123456789abcdef0"] })};
const without = (removed: string[], args: object) =>
  Object.fromEntries(Object.entries(args).filter(([key]) => !removed.includes(key)));
const servers: { name: string; removed: string[]; zone?: string; args: object }[] = ${JSON.stringify(
  changes.map(({ name, before = {}, after }) => {
    const { zone, ...args } = when === "before" ? before : { ...before, ...after };
    const removed = Object.entries(args).flatMap(([key, value]) => (value === undefined ? [key] : []));
    return { name, removed, zone, args };
  }),
)};
for (const { name, removed, zone, args } of servers) {
  const subnetId = zone === undefined ? undefined : ec2.getSubnetOutput({ availabilityZone: zone, defaultForAz: true }).id;
  new Server(name, { ...without(removed, usual), ...args, subnetId } as ServerArgs);
}
`;

/** What the steps of a preview do to the server by this name. */
function effectOn(name: string, steps: readonly Step[]): ChangeEffect | null {
  const own = steps.filter(({ op, urn }) => op !== "same" && urn.includes(`landfall:index:Server$`) && isOf(name, urn));
  const of = (type: string): Step[] => own.filter(({ urn }) => urn.includes(`$aws:${type}::`));
  assert.deepEqual(
    of("ec2/eip:Eip").filter(({ op }) => op !== "update"),
    [],
    `the address of ${name}`,
  );
  if (of("ebs/volume:Volume").some(({ op }) => op !== "update")) return ChangeEffect.NewData;
  const instance = of("ec2/instance:Instance");
  if (instance.some(({ op }) => op !== "update")) return ChangeEffect.NewMachine;
  // The provider stops an instance to change its type (internal/service/ec2/ec2_instance.go).
  if (instance.some(({ diffReasons = [] }) => diffReasons.includes("instanceType"))) return ChangeEffect.Restart;
  return own.length > 0 ? ChangeEffect.InPlace : null;
}

/** Names of resources begin with that of their server; `ssh` is not `ssh-from-elsewhere`. */
function isOf(name: string, urn: string): boolean {
  const resource = urn.split("::").at(-1)!;
  const owner = changes
    .map((change) => change.name)
    .filter((one) => resource === one || resource.startsWith(`${one}-`))
    .sort((one, other) => other.length - one.length)[0];
  return owner === name;
}

describe("changes to a server, with the real engine and a simulated AWS", function () {
  this.timeout(120_000);
  const stack = useAwsStack({ name: "servers", program: program("before") });
  let steps: Step[];

  before(async function () {
    this.timeout(10 * 60_000); // some twenty servers
    await stack.up();
    stack.project.write("stacks/index.ts", program("after"));
    steps = await stack.previewed();
  });

  for (const { name, effect } of changes) {
    it(`${name}: ${effect ?? "nothing"}`, () => {
      assert.equal(effectOn(name, steps), effect);
    });
  }

  it("are done after one up, alarms, topic and snapshots included", async () => {
    await stack.up();
    const left = (await stack.previewed()).filter(({ op }) => op !== "same");
    assert.deepEqual(
      left.map(({ op, urn }) => `${op} ${urn}`),
      [],
    );
  });
});
