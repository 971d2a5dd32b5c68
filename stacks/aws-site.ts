import * as pulumi from "@pulumi/pulumi";
import type { App } from "../components/app/app";
import { sharedStateProblems } from "../components/aws/fleet/fleet-problems";
import { Site } from "../components/aws/site";
import type { SiteArgs } from "../components/aws/site-args";
import { isFleet } from "../components/aws/site-shape";
import { inputProblems } from "../components/input-problems";
import { exampleApps } from "../examples/apps";
import { AwsConfig, readAwsConfig } from "./aws-config";

/** The example apps in AWS, as the stack's configuration says; gives the stack's outputs. */
export function awsSite(more: Partial<SiteArgs>): object {
  const { config, problems } = readAwsConfig(pulumi.runtime.allConfig());
  if (problems.length) throw inputProblems(`the configuration of stack '${pulumi.getStack()}'`, problems);

  const site = new Site("web", { ...siteArgs(config), ...more });
  return {
    urls: site.urls,
    address: site.address,
    instanceId: site.instanceId,
    groupName: site.groupName,
    bucketName: site.bucketName,
    contract: site.contract,
    requests: site.requests,
    costs: site.costs,
  };
}

/** The site that a configuration describes. */
export function siteArgs(config: AwsConfig): SiteArgs {
  const { domain, mailHost, shape, fleet, debian, manual, email, zone, instanceType, notify, tags } = config;
  const apps = exampleApps({ domain, mailHost });
  const shared = {
    ...{ shape, debian, manual, instanceType, tags },
    zone: zone === undefined ? undefined : { name: zone },
    monitoring: notify === undefined ? undefined : { notify: { email: notify } },
  };
  if (isFleet(shared)) return { ...shared, apps: apps.filter(sharesNothing), fleet };
  return {
    ...shared,
    apps,
    certificates: { acme: { email } },
    // Copies of the data stay when the stack is destroyed.
    snapshots: {},
  };
}

/** Of the examples a fleet runs those that keep nothing on the machine. */
const sharesNothing = (app: App): boolean => sharedStateProblems([app]).length === 0;
