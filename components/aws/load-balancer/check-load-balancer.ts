import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { validateApps } from "../../app/validate";
import { Report } from "../../app/validation/report";
import { checkRange } from "../../app/validation/text";
import { Hop } from "../../host/hop";
import { hopProblems } from "../../host/hop-problems";
import { directHops } from "../../host/hops";
import { literalDomains } from "../../app/route/domains";
import { checkLogBucket } from "../check-log-bucket";
import { checkEnds, peerProblems } from "./check-ends";
import { DesyncMitigation, LoadBalancerArgs, LoginArgs } from "./load-balancer-args";
import { quotas } from "./quotas";

/** What is wrong with a balancer beside its rules. */
export function loadBalancerProblems(args: LoadBalancerArgs, front: readonly Hop[]): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  checkSeconds(args, report);
  checkNetwork(args, report);
  checkEnds(args, report);
  checkTls(args, report);
  checkApps(args.apps, report.in("apps"));
  checkLogin(args, report.in("login"));
  checkWebAcl(args, report.in("webAclArn"));
  checkLogBucket(args.accessLogs ?? {}, report.in("accessLogs"));
  return [...validateApps(args.apps), ...hopFaults(args, front), ...peerProblems(args), ...problems];
}

/** Least and most seconds (Elastic Load Balancing, "Edit attributes" of balancer and target group). */
const seconds = { idleSeconds: [1, 4000], stickySeconds: [1, 604_800], slowStartSeconds: [30, 900] } as const;

function checkSeconds(args: LoadBalancerArgs, report: Report): void {
  for (const key of ["idleSeconds", "stickySeconds", "slowStartSeconds"] as const)
    checkRange(args[key], seconds[key], report.in(key));
}

function checkNetwork({ subnetIds }: LoadBalancerArgs, report: Report): void {
  const known = subnetIds.filter((id) => typeof id === "string");
  if (subnetIds.length < 2 || new Set(known).size < known.length)
    report
      .in("subnetIds")
      .refuseUnseen("are not two different subnets", "give one in each of at least two availability zones");
}

/** The chain's problems, said of the argument that each of them comes from: the balancer's own hop is the last. */
function hopFaults({ apps }: LoadBalancerArgs, front: readonly Hop[]): Problem[] {
  const own = `front[${front.length - 1}].`;
  const times = ["idle", "keep", "answer"].map((what) => `${own}${what}Seconds`);
  const here = (text: string): string =>
    times.reduce((said, time) => said.replaceAll(time, "idleSeconds"), text).replaceAll(own, "");
  return hopProblems({ ...directHops, front }, apps)
    .map((problem) => ({ ...problem, path: here(problem.path), fix: here(problem.fix) }))
    .filter(({ path }) => path !== "idleSeconds"); // said already, with its range
}

function checkTls(
  { tlsPolicy, furtherCertificateArns = {}, desyncMitigation }: LoadBalancerArgs,
  report: Report,
): void {
  if (tlsPolicy !== undefined && !/^ELBSecurityPolicy-[\w-]+$/.test(tlsPolicy))
    report
      .in("tlsPolicy")
      .refuse(tlsPolicy, "is no policy of AWS", 'write it like "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"');
  const names = Object.keys(furtherCertificateArns);
  for (const name of names) {
    if (!/^[\w.*-]{1,253}$/.test(name))
      report
        .in("furtherCertificateArns", name)
        .refuseUnseen("cannot be part of a resource's name", "use a domain as its name");
  }
  checkQuota(names.length, "certificates", report.in("furtherCertificateArns"));
  const choices: readonly string[] = Object.values(DesyncMitigation);
  if (desyncMitigation !== undefined && !choices.includes(desyncMitigation))
    report
      .in("desyncMitigation")
      .refuse(desyncMitigation, "is not one of the choices", `use ${choices.map((one) => `"${one}"`).join(" or ")}`);
}

function checkApps(apps: readonly App[], report: Report): void {
  const routed = apps.filter((app) => app.routes?.length);
  if (routed.length === 0) report.refuseUnseen("has no app with a route", "give one, or leave the balancer out");
  checkQuota(routed.length, "targetGroups", report);
  checkQuota(routed.flatMap((app) => app.routes ?? []).length, "rules", report);
  apps.forEach((app, index) => {
    const status = app.health?.status;
    // Elastic Load Balancing API, Matcher: 200 to 499.
    if (app.routes?.length && status !== undefined && status > 499)
      report
        .in(index, "health", "status")
        .refuse(status, "never counts as healthy for a load balancer", "use a status from 200 to 499");
  });
}

function checkQuota(count: number, quota: keyof typeof quotas, report: Report): void {
  if (count <= quotas[quota]) return;
  const words = { rules: "routes", targetGroups: "apps with routes", certificates: "further certificates" };
  const reason = `has ${count} ${words[quota]}, and a load balancer at most ${quotas[quota]}`;
  report.refuseUnseen(reason, "put another balancer beside it");
}

const endpoints = ["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"] as const;

function checkLogin({ apps, login }: LoadBalancerArgs, report: Report): void {
  if (!login) return;
  for (const key of endpoints) checkEndpoint(login, key, report.in(key));
  if (login.clientId === "") report.in("clientId").refuse("", "is empty", "give what the provider calls the balancer");
  checkRange(login.sessionSeconds, seconds.stickySeconds, report.in("sessionSeconds"));
  const known = literalDomains(apps);
  login.domains?.forEach((domain, index) => {
    if (!known.includes(domain))
      report.in("domains", index).refuse(domain, "is no domain of the apps", `use ${known.join(", ")}`);
  });
}

function checkEndpoint(login: LoginArgs, key: (typeof endpoints)[number], report: Report): void {
  const url = URL.canParse(login[key]) ? new URL(login[key]) : undefined;
  if (url?.protocol === "https:" && url.username === "" && url.password === "") return;
  report.refuse(login[key], "is no address of a site with TLS", 'write it like "https://login.example.com/"');
}

function checkWebAcl({ webAclArn }: LoadBalancerArgs, report: Report): void {
  if (typeof webAclArn === "string" && !/^arn:aws[\w-]*:wafv2:[\w-]+:\d{12}:regional\/webacl\//.test(webAclArn))
    report.refuse(
      webAclArn,
      "is no web ACL for load balancers",
      "make one: new WebAcl(…, { scope: WebAclScope.Regional })",
    );
}
