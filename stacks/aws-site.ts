import * as pulumi from "@pulumi/pulumi";
import { Site } from "../components/aws/site";
import type { SiteArgs } from "../components/aws/site-args";
import { inputProblems } from "../components/input-problems";
import { exampleApps } from "../examples/apps";
import { readAwsConfig } from "./aws-config";

/** The example apps on a server in AWS, as the stack's configuration says; gives the stack's outputs. */
export function awsSite(more: Partial<SiteArgs>): object {
  const settings = new pulumi.Config();
  const { config, problems } = readAwsConfig((name) => settings.get(name));
  if (problems.length) throw inputProblems(`the configuration of stack '${pulumi.getStack()}'`, problems);

  const site = new Site("web", {
    apps: exampleApps({ domain: config.domain, mailHost: config.mailHost }),
    debian: config.debian,
    certificates: { acme: { email: config.email } },
    zone: config.zone === undefined ? undefined : { name: config.zone },
    instanceType: config.instanceType,
    // Copies of the data stay when the stack is destroyed.
    snapshots: {},
    ...more,
  });
  return {
    urls: site.urls,
    address: site.address,
    instanceId: site.instanceId,
    bucketName: site.bucketName,
    contract: site.contract,
  };
}
