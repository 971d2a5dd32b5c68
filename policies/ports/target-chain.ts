import { Context } from "../context";
import { Resource } from "../graph/graph";
import { text, wholeNumber } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";
import { Host, Machine } from "../hosts/host";
import { HostListening } from "../hosts/listening";
import { registrationsOf } from "../hosts/target-groups";
import { serverFor } from "../reader/nginx/server-for";
import { Draft } from "../rule";
import { absent, checkLater, fail, pass, placed, unknown } from "../rules/drafts";
import { AnswerKind, answerTo } from "../web/answers";
import { scopeText } from "../web/scope-text";
import { balancersFor, letsIn } from "./balancer-access";
import { HealthCheck, healthCheckOf, isHealthy, speaksHttp } from "./health-check";
import { Ends, openEnds } from "./open-ends";

/** Whether each target group of a machine asks it on a port where it listens, lets it do so, and asks for its health there. */
export function targetChain(host: Host, machine: Machine, listening: HostListening, context: Context): Draft[] {
  return registrationsOf(context.graph, machine.resource).flatMap(({ group, port }) => {
    const asked = port ?? wholeNumber(group.properties["port"]);
    const protocol = text(group.properties["protocol"]);
    const details = { about: group.name, resource: group.urn };
    if (asked === undefined && protocol === undefined) return []; // a function's group has neither
    if (asked === UNKNOWN || asked === undefined)
      return [unknown(`the port that ${group.name} asks is not known`, checkLater, details)];
    const ends = openEnds(host, listening, asked);
    const faults = [
      checkEnds(host, ends, { port: asked, protocol, what: group.name }, details),
      checkAccess(machine, group, asked, context),
      ...checkHealth(host, group, asked, listening, machine, context),
    ].filter((draft) => draft !== null);
    return faults.length > 0 ? faults : [pass(`${group.name} asks port ${asked}, where the host listens`, details)];
  });
}

/** A connection to a host. */
export interface Asked {
  readonly port: number;
  readonly protocol: string | undefined | Unknown;
  /** Who asks. */
  readonly what: string;
}

type Details = { readonly about: string; readonly resource?: string };

/** Whether somebody on the host listens on a port, and speaks what it is asked by. */
export function checkEnds(host: Host, ends: Ends, { port, protocol, what }: Asked, details: Details): Draft | null {
  if (typeof protocol === "string" && /UDP|QUIC/i.test(protocol)) return null;
  if (!ends.isOpen) {
    const message = `${what} asks port ${port}, where nothing on the host listens`;
    if (ends.unread.length > 0)
      return unknown(`${message}, as far as it can be read: ${ends.unread.join(", ")} may`, checkLater, details);
    // A host of which no port is known at all is one that cannot be read here.
    if (ends.others.length === 0)
      return unknown(`whether the host listens on port ${port} cannot be read`, checkLater, details);
    return absent(host, message, `ask one of ${ends.others.join(", ")}`, details);
  }
  const tls = protocol === UNKNOWN ? null : ["HTTPS", "TLS"].includes(protocol?.toUpperCase() ?? "");
  const isPlain = typeof protocol === "string" && protocol.toUpperCase() === "HTTP";
  if (tls === true && ends.tls === false)
    return fail(`${what} speaks TLS to port ${port}, where nginx does not`, "use one protocol at both ends", details);
  if (isPlain && ends.tls === true)
    return fail(
      `${what} speaks plain HTTP to port ${port}, where nginx speaks TLS`,
      "use one protocol at both ends",
      details,
    );
  return null;
}

/** Whether the security groups of the machine let its balancers in. */
function checkAccess(machine: Machine, group: Resource, port: number, context: Context): Draft | null {
  const details = { about: `${group.name} ${port}`, resource: group.urn };
  for (const balancer of balancersFor(context.graph, group)) {
    const lets = letsIn(machine, balancer, port, context);
    if (lets === UNKNOWN)
      return unknown(`whether ${balancer.name} is let in at port ${port} is not known`, checkLater, details);
    if (!lets)
      return fail(
        `no security group of the host lets ${balancer.name} in at port ${port}`,
        `add an ingress rule for tcp/${port} from the balancer's group`,
        details,
      );
  }
  return null;
}

function checkHealth(
  host: Host,
  group: Resource,
  asked: number,
  listening: HostListening,
  machine: Machine,
  context: Context,
): (Draft | null)[] {
  const check = healthCheckOf(group);
  const details = { about: `${group.name} health`, resource: group.urn };
  if (check.port === UNKNOWN)
    return [unknown(`the port of the health check of ${group.name} is not known`, checkLater, details)];
  const port = check.port ?? asked;
  const ends = openEnds(host, listening, port);
  const what = `the health check of ${group.name}`;
  const isSame = port === asked && check.protocol === (text(group.properties["protocol"]) ?? "HTTP");
  const own = isSame ? null : checkEnds(host, ends, { port, protocol: check.protocol, what }, details);
  if (own) return [own];
  return [port === asked ? null : checkAccess(machine, group, port, context), checkPath(host, check, port, details)];
}

/** Whether nginx can answer a health check with a status that counts. What the app says nobody knows before. */
function checkPath(host: Host, { protocol, path, matcher }: HealthCheck, port: number, details: Details): Draft | null {
  const { nginx } = host.view;
  if (!nginx || !speaksHttp(protocol)) return null;
  // Balancers name the machine by its address, in TLS by nothing.
  const server = serverFor(nginx, "192.0.2.1", port);
  if (!server) return null;
  const { directives } = server;
  if (protocol === "HTTPS" && directives.some(({ name, args }) => name === "ssl_reject_handshake" && args[0] === "on"))
    return fail(
      `nginx refuses health checks on port ${port}: they name nobody when TLS begins`,
      "tell the host of the balancer in front of it",
      {
        ...details,
        place: placed(server.place),
      },
    );
  if (path === UNKNOWN || matcher === UNKNOWN)
    return unknown(`what the health check on port ${port} asks for is not known`, checkLater, details);
  const answer = answerTo(nginx, server, path.replace(/\?.*$/s, ""));
  if (answer.kind !== AnswerKind.Status && answer.kind !== AnswerKind.Redirect) return null;
  if (isHealthy(matcher, answer.status)) return null;
  return absent(
    host,
    `${scopeText(answer.scope)} answers the health check's ${path} with ${answer.status}, and ${matcher} is wanted`,
    "ask for a path that the app answers",
    { ...details, place: placed(answer.place) },
  );
}
