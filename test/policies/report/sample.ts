import { Level, Severity, Status } from "../../../policies/finding";
import { itemResults } from "../../../policies/report/items";
import { allFindings, Report } from "../../../policies/report/report";
import { applyWaivers, findingsAboutWaivers } from "../../../policies/waivers/apply";
import { waiverItem, waiverRules } from "../../../policies/waivers/rules";
import { finding, waiver } from "../waivers/sample";

const today = "2027-03-01";

/** A report with a finding of each kind, in a preview and in a folder. */
export function sampleReport(): Report {
  const preview = [
    finding({ severity: Severity.Critical }),
    finding({ key: "net-no-admin-world[tcp/3389 ::/0]", message: "port 3389 is open to the world" }),
    finding({
      resource: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::db",
      status: Status.Pass,
      fix: "",
    }),
    finding({
      rule: "vm-imdsv2",
      item: "machine",
      key: "vm-imdsv2",
      resource: "urn:pulumi:dev::shop::landfall:index:Site$aws:ec2/instance:Instance::web",
      status: Status.Unknown,
      message: "httpTokens is not known yet",
    }),
    finding({ rule: "hdr-nosniff", item: "headers", key: "hdr-nosniff", resource: null, status: Status.NotApplicable }),
    finding({
      rule: "svc-not-root",
      item: "service",
      key: "svc-not-root[app.service]",
      resource: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::batch",
      place: { file: "/etc/systemd/system/app.service", line: 7 },
      message: "the service runs as root",
      fix: "give it a user of its own",
    }),
  ];
  const folder = [
    finding({
      rule: "hdr-nosniff",
      item: "headers",
      key: "hdr-nosniff[/]",
      severity: Severity.Low,
      level: Level.Advisory,
      resource: "etc/nginx",
      place: { file: "sites/a b.conf", line: 12 },
      message: 'no "nosniff" here',
      fix: "add the header",
    }),
  ];
  const waivers = [
    waiver({ finding: "svc-not-root", resource: "batch" }),
    waiver({ finding: "vm-imdsv2", resource: "old", place: { file: "waivers.yaml", line: 8 } }),
  ];
  const judged = {
    subjects: [
      { path: "out/preview.json", kind: "preview", isFolder: false, findings: applyWaivers(preview, waivers, today) },
      { path: "etc/nginx", kind: "nginx", isFolder: true, findings: applyWaivers(folder, waivers, today) },
    ],
    waivers: findingsAboutWaivers([...preview, ...folder], waivers, today),
  };
  const rule = (id: string, item: string, level: Level, severity: Severity) => ({
    id,
    item,
    level,
    severity,
    title: `Title of ${id}`,
    help: `Help on ${id}.`,
  });
  return {
    ...judged,
    version: "1.2.3",
    rules: [
      rule("net-no-admin-world", "ports", Level.Mandatory, Severity.High),
      rule("vm-imdsv2", "machine", Level.Remediate, Severity.Medium),
      rule("hdr-nosniff", "headers", Level.Advisory, Severity.Low),
      rule("svc-not-root", "service", Level.Mandatory, Severity.High),
      ...Object.values(waiverRules),
    ],
    items: itemResults(
      [
        { id: "ports", section: "Network", title: "Open required ports", attested: false },
        { id: "machine", section: "Machine", title: "Set up the machine", attested: false },
        { id: "headers", section: "Security", title: "Send security headers", attested: false },
        { id: "service", section: "Service", title: "Run as a service", attested: false },
        { id: "scan", section: "Security", title: "Scan the site", attested: false },
        { id: "domain", section: "Domain", title: "Decide on the domain", attested: true },
        { id: "transfer", section: "Service", title: "Agree on how code gets there", attested: true },
        waiverItem,
      ],
      allFindings(judged),
      [{ item: "domain", by: "Anna", on: "2026-11-02" }],
    ),
  };
}
