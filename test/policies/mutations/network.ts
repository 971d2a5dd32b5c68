import { EditableStack, unknownText } from "./editable-stack";
import { Mutation } from "./mutation";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const oldRuleType = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** Adds a rule to the site's security group. */
function open(rule: Record<string, unknown>, type = ingressType): Mutation["breakIt"] {
  return (stack) => {
    const on = { securityGroupId: [stack.resource(groupType).urn] };
    stack.add(type, "added", { securityGroupId: unknownText, ...rule }, on);
  };
}

const anywhere = { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp" };
const anywhere6 = { cidrIpv6: "::/0", ipProtocol: "tcp" };

/** Changes what the site declares about its host. */
function declare(changes: Record<string, unknown>): Mutation["breakIt"] {
  return (stack) => {
    const declared = stack.resource("landfall:index:Site").inputs["contract"] as object;
    stack.set("landfall:index:Site", "", { contract: { ...declared, ...changes } });
  };
}

const both = (first: Mutation["breakIt"], second: Mutation["breakIt"]): Mutation["breakIt"] => {
  return (stack: EditableStack) => {
    first(stack);
    second(stack);
  };
};

export const networkMutations: readonly Mutation[] = [
  {
    title: "a port is open to the world that nobody declared",
    breakIt: open({ ...anywhere, fromPort: 8080, toPort: 8080 }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "a port is open to the world by IPv6 only",
    breakIt: open({ ...anywhere6, fromPort: 8080, toPort: 8080 }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "a range begins at a declared port and goes on",
    breakIt: open({ ...anywhere, fromPort: 443, toPort: 444 }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "a declared port is open by UDP, too",
    breakIt: open({ ...anywhere, ipProtocol: "udp", fromPort: 443, toPort: 443 }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "half of the world may reach a port, and another rule lets in the other half",
    breakIt: both(open({ ...anywhere, cidrIpv4: "0.0.0.0/1", fromPort: 8080, toPort: 8080 }), ((stack: EditableStack) =>
      stack.add(
        ingressType,
        "other",
        { securityGroupId: unknownText, ipProtocol: "tcp", cidrIpv4: "128.0.0.0/1", fromPort: 8080, toPort: 8080 },
        { securityGroupId: [stack.resource(groupType).urn] },
      )) as Mutation["breakIt"]),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "a rule of the old kind opens a port",
    breakIt: open(
      { type: "ingress", protocol: "tcp", cidrBlocks: ["0.0.0.0/0"], fromPort: 9100, toPort: 9100 },
      oldRuleType,
    ),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "the site's own rule for HTTPS is opened further",
    breakIt: (stack) => stack.set(ingressType, "web-https-from-anywhere-ipv4", { fromPort: 400 }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "HTTP is no public port of the site any more, but still open",
    breakIt: declare({ publicPorts: ["443"] }),
    fails: ["net-ingress-declared-only"],
  },
  {
    title: "HTTPS is closed by IPv4 and IPv6",
    breakIt: (stack) => {
      stack.remove(ingressType, "web-https-from-anywhere-ipv4");
      stack.remove(ingressType, "web-https-from-anywhere-ipv6");
    },
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "a port is declared that nobody opens",
    breakIt: declare({ publicPorts: ["80", "443", "8443"] }),
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "a declared port is open by TCP, but declared by UDP",
    breakIt: declare({ publicPorts: ["80", "443", "443/udp"] }),
    fails: ["net-declared-port-reachable"],
  },
  {
    title: "SSH is open to the world",
    breakIt: open({ ...anywhere, fromPort: 22, toPort: 22 }),
    fails: ["net-ingress-declared-only", "net-no-admin-world"],
  },
  {
    title: "Remote Desktop is open to the world by IPv6",
    breakIt: open({ ...anywhere6, fromPort: 3389, toPort: 3389 }),
    fails: ["net-ingress-declared-only", "net-no-admin-world"],
  },
  {
    title: "a range that holds SSH is open to the world",
    breakIt: open({ ...anywhere, fromPort: 0, toPort: 1023 }),
    fails: ["net-ingress-declared-only", "net-no-admin-world"],
  },
  {
    title: "every protocol is open to the world",
    breakIt: open({ ...anywhere, ipProtocol: "-1" }),
    fails: ["net-ingress-declared-only", "net-no-admin-world"],
  },
  {
    title: "SSH is open to the world and declared",
    breakIt: both(open({ ...anywhere, fromPort: 22, toPort: 22 }), declare({ publicPorts: ["22", "80", "443"] })),
    fails: ["net-no-admin-world"],
  },
  {
    title: "an app's port is open to the office, past the web server",
    breakIt: both(
      declare({ appPorts: [8000] }),
      open({ cidrIpv4: "198.51.100.0/24", ipProtocol: "tcp", fromPort: 8000, toPort: 8000 }),
    ),
    fails: ["net-app-port-private", "port-chain-consistent"],
  },
  {
    title: "an app's port is open to the world",
    breakIt: both(declare({ appPorts: [8000] }), open({ ...anywhere, fromPort: 8000, toPort: 8000 })),
    fails: ["net-app-port-private", "net-ingress-declared-only", "port-chain-consistent"],
  },
  {
    title: "mail cannot leave by IPv4 nor IPv6",
    breakIt: (stack) => {
      stack.remove(egressType, "web-submission-to-anywhere-ipv4");
      stack.remove(egressType, "web-submission-to-anywhere-ipv6");
    },
    fails: ["net-mail-ldap-declared"],
  },
  {
    title: "mail may leave by UDP only",
    breakIt: (stack) => {
      stack.set(egressType, "web-submission-to-anywhere-ipv4", { ipProtocol: "udp" });
      stack.set(egressType, "web-submission-to-anywhere-ipv6", { ipProtocol: "udp" });
    },
    fails: ["net-mail-ldap-declared"],
  },
  {
    title: "mail may leave by another port than declared",
    breakIt: (stack) => {
      stack.set(egressType, "web-submission-to-anywhere-ipv4", { fromPort: 25, toPort: 25 });
      stack.set(egressType, "web-submission-to-anywhere-ipv6", { fromPort: 25, toPort: 25 });
    },
    fails: ["net-mail-ldap-declared"],
  },
  {
    title: "an app asks for a directory, and no rule lets it out",
    breakIt: declare({ outbound: [{ port: "ldaps" }] }),
    fails: ["net-mail-ldap-declared"],
  },
  {
    title: "the group has rules of its own beside those that are resources",
    breakIt: (stack) => {
      stack.set(groupType, "", {
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
      });
      stack.resource(groupType).propertyDependencies!["ingress"] = [];
    },
    fails: ["net-no-mixed-rules"],
  },
  {
    title: "the group has rules of its own that open a port",
    breakIt: (stack) => {
      stack.set(groupType, "", {
        ingress: [{ protocol: "tcp", fromPort: 9100, toPort: 9100, cidrBlocks: ["0.0.0.0/0"] }],
      });
      stack.resource(groupType).propertyDependencies!["ingress"] = [];
    },
    fails: ["net-ingress-declared-only", "net-no-mixed-rules"],
  },
];
