import type { lb } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { LoginArgs } from "./load-balancer-args";

type Action = lb.ListenerRuleAction;

/** Hands requests to a target group, after a login where one is needed. */
export function ruleActions(targetGroupArn: pulumi.Input<string>, login: LoginArgs | undefined): Action[] {
  const forward: Action = { type: "forward", order: login ? 2 : 1, targetGroupArn };
  return login ? [{ type: "authenticate-oidc", order: 1, authenticateOidc: oidc(login) }, forward] : [forward];
}

function oidc(login: LoginArgs): Action["authenticateOidc"] {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId } = login;
  return {
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    userInfoEndpoint,
    clientId,
    clientSecret: pulumi.secret(login.clientSecret),
    scope: login.scope ?? "openid",
    sessionTimeout: login.sessionSeconds ?? 604_800,
    onUnauthenticatedRequest: "authenticate",
  };
}
