import type { App } from "../../../../components/app/app";
import type { LoadBalancerArgs } from "../../../../components/aws/load-balancer/load-balancer-args";
import { gitApp } from "../sample-place";

export const docs: App = gitApp({ health: { path: "up", status: 204 } });
export const shop: App = gitApp({
  name: "shop",
  routes: [{ domain: "www.example.com" }, { domain: "www.example.com", path: "/chat/", websocket: true }],
});

/** A balancer for two apps on one machine, and what else is said of it. */
export function sampleBalancer(more: Partial<LoadBalancerArgs> = {}): LoadBalancerArgs {
  return {
    apps: [docs, shop],
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2"],
    addresses: ["10.0.1.0/24", "10.0.2.0/24"],
    hosts: [{ name: "web", id: "sg-1" }],
    targets: [{ name: "web", instanceId: "i-1" }],
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/1",
    ...more,
  };
}

/** A login that is as it should be. */
export const login = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "landfall",
  clientSecret: "hunter2-hunter2",
};
