import { gzipSync } from "node:zlib";
import { EditableStack } from "./editable-stack";
import { appendTo, Mutation, replaceIn } from "./mutation";

const instanceType = "aws:ec2/instance:Instance";
const unit = "/etc/systemd/system/app-live.service";
const site = "/etc/nginx/sites/live.dev.example.com.conf";

/** Changes the text of the user data. */
function userData(edit: (text: string) => string): Mutation["breakIt"] {
  return (stack: EditableStack) => {
    const text = stack.resource(instanceType).inputs["userData"] as string;
    stack.set(instanceType, "", { userData: edit(text) });
  };
}

/** Gives the user data in base64 instead. */
function encoded(edit: (text: string) => Buffer): Mutation["breakIt"] {
  return (stack: EditableStack) => {
    const text = stack.resource(instanceType).inputs["userData"] as string;
    stack.set(instanceType, "", { userData: undefined, userDataBase64: edit(text).toString("base64") });
  };
}

// Made up for these tests; put together here, so that no scanner takes this file for a leak.
const accessKey = ["AKIA", "Q7WZ4M2K3TXB5LNE"].join("");
const privateKey = [
  "-----BEGIN",
  "OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\\n-----END",
  "OPENSSH PRIVATE KEY-----",
].join(" ");

export const userDataMutations: readonly Mutation[] = [
  {
    title: "the user data is no YAML",
    breakIt: userData((text) => `${text}\n  - [\n`),
    fails: ["ud-parses"],
    unknown: ["dns-path-routed", "svc-unit-declared"],
  },
  {
    title: "the user data is compressed and cut off",
    breakIt: encoded((text) => gzipSync(text).subarray(0, 400)),
    fails: ["ud-parses"],
    unknown: ["dns-path-routed", "svc-unit-declared", "ud-no-secret"],
  },
  {
    title: "the user data begins with no line that cloud-init knows",
    breakIt: userData((text) => text.replace("#cloud-config", "# cloud config")),
    fails: ["ud-parses"],
    unknown: ["dns-path-routed", "svc-unit-declared"],
  },
  {
    title: "the host plan is cut off",
    breakIt: (stack) => {
      const plan = stack.resource("aws:s3/bucketObjectv2:BucketObjectv2", "web-plan").inputs["content"] as string;
      stack.planText(plan.slice(0, -20));
    },
    fails: ["ud-parses"],
    unknown: ["dns-path-routed", "svc-unit-declared", "ud-no-secret"],
  },
  {
    title: "a brace of nginx's configuration is not closed",
    breakIt: (stack) => stack.file(site, (content) => content.trimEnd().slice(0, -1)),
    fails: ["ud-parses"],
    unknown: ["dns-path-routed"],
  },
  {
    title: "nginx's configuration has a quote that is not closed",
    breakIt: appendTo(site, 'log_format broken "x;'),
    fails: ["ud-parses"],
    unknown: ["dns-path-routed"],
  },
  {
    title: "a key of AWS is in a unit",
    breakIt: replaceIn(unit, "[Service]", `[Service]\nEnvironment=AWS_ACCESS_KEY_ID=${accessKey}`),
    fails: ["ud-no-secret"],
  },
  {
    title: "a password is in a unit",
    breakIt: replaceIn(unit, "[Service]", "[Service]\nEnvironment=SMTP_PASSWORD=kX8-v2Lq_91zR"),
    fails: ["ud-no-secret"],
  },
  {
    title: "a password is in the address of a database",
    breakIt: replaceIn(
      unit,
      "[Service]",
      "[Service]\nEnvironment=DATABASE=postgres://app:kX8v2Lq91zR@db.example.com/app",
    ),
    fails: ["ud-no-secret"],
  },
  {
    title: "a private key is written by the plan",
    breakIt: (stack) =>
      stack.plan((plan) =>
        plan.files.push({ ...plan.files[0]!, path: "/root/.ssh/id", content: privateKey.replaceAll("\\n", "\n") }),
      ),
    fails: ["ud-no-secret"],
  },
  {
    title: "a token is in nginx's configuration",
    breakIt: replaceIn(
      site,
      "proxy_set_header X-Scheme https;",
      'proxy_set_header X-Scheme https;\n        proxy_set_header Authorization "Bearer 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";',
    ),
    fails: ["ud-no-secret"],
  },
  {
    title: "a key of AWS is in the user data",
    breakIt: userData((text) => `${text}\n# export AWS_ACCESS_KEY_ID=${accessKey}\n`),
    fails: ["ud-no-secret"],
  },
];
