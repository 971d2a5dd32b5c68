import { Resource } from "../graph/graph";
import { entry, list, text, wholeNumber } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";

/** How a target group asks for the health of a machine. */
export interface HealthCheck {
  /** E.g. `HTTPS`. */
  readonly protocol: string | Unknown;
  /** Undefined for the port that requests go to. */
  readonly port: number | undefined | Unknown;
  readonly path: string | Unknown;
  /** The statuses that count as healthy, e.g. `200-299,301`. */
  readonly matcher: string | Unknown;
}

/**
 * The health check of a target group. Of a group that says nothing, an application balancer asks for `/` by plain HTTP, even
 * where its requests go by HTTPS, and wants 200; a network balancer only connects (Elastic Load Balancing API,
 * CreateTargetGroup).
 */
export function healthCheckOf({ properties }: Resource): HealthCheck {
  const own = properties["healthCheck"];
  const block = Array.isArray(own) ? list(own) : own;
  const check = Array.isArray(block) ? block[0] : own;
  const of = (key: string): string | undefined | Unknown => text(entry(check, key));
  const isApplication = speaksHttp(text(properties["protocol"]));
  const port = of("port");
  return {
    protocol: upper(of("protocol")) ?? (isApplication ? "HTTP" : "TCP"),
    port: port === undefined || port === "traffic-port" ? undefined : wholeNumber(entry(check, "port")),
    path: of("path") ?? "/",
    matcher: of("matcher") ?? (isApplication ? "200" : "200-399"),
  };
}

const upper = (written: string | undefined | Unknown): string | undefined | Unknown =>
  typeof written === "string" ? written.toUpperCase() : written;

/** Whether a protocol of a target group is one of an application balancer. */
export const speaksHttp = (protocol: string | undefined | Unknown): boolean =>
  protocol === undefined || (protocol !== UNKNOWN && ["HTTP", "HTTPS"].includes(protocol.toUpperCase()));

/** Whether a status counts as healthy. */
export function isHealthy(matcher: string, status: number): boolean {
  return matcher.split(",").some((part) => {
    const [from, to = from] = part.split("-").map(Number);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
}
