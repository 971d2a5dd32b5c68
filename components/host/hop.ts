/** How the hops behind one learn who the client is. */
export const NamesClient = {
  /** It adds the address that it was connected from to `X-Forwarded-For`. */
  ForwardedFor: "x-forwarded-for",
  /** It passes packets on with the client's address in them, so that there is nothing to tell. */
  InPackets: "in-packets",
  /**
   * It begins each connection to the web server with the address that it was connected from, by the PROXY protocol, version 1 or 2
   * (haproxy.org, "The PROXY protocol"). The web server then takes no connection without it, but from the host itself.
   */
  ProxyProtocol: "proxy-protocol",
} as const;
export type NamesClient = (typeof NamesClient)[keyof typeof NamesClient];

/** What stands between the client and the web server: a CDN, a load balancer. */
export interface Hop {
  /** What messages call it. @example "the load balancer" */
  name: string;
  /** @default ForwardedFor */
  namesClient?: NamesClient;
  /**
   * CIDRs that it connects from: what comes from there is believed about the client. Empty for one that names the client
   * in its packets, and for one that proves itself: then it is believed what comes with the proof, from wherever.
   * @example ["10.0.1.0/24", "10.0.2.0/24"]
   */
  addresses: string[];
  /** Seconds for which it keeps an idle connection that was opened to it. @example 400 */
  idleSeconds: number;
  /** Seconds for which it keeps an idle connection to the hop behind it. @example 60 */
  keepSeconds: number;
  /** Seconds of silence from behind after which it answers an error itself. @example 100 */
  answerSeconds: number;
  /** Largest request body, in MiB. @default no limit @example 100 */
  maxBodyMiB?: number;
  /** Whether it passes websockets on. @default true */
  websockets?: boolean;
  /** Whether it says Strict-Transport-Security by itself, so that the web server does not say it again. @default false */
  saysStrictTransport?: boolean;
  /**
   * Whether it asks the host for the health of each app, by the host's address in place of a name. Such a hop names nobody
   * when it begins TLS either.
   * @default false
   */
  asksHealth?: boolean;
  /**
   * Name of a header by which it proves itself, with a secret that only it and the host know. The host refuses what comes
   * without, from whichever address: other customers of a CDN connect from the same ones.
   * @default none: it is told by its addresses
   * @example "X-Landfall-Origin-Secret"
   */
  provesBy?: string;
  /**
   * Name of a header that is in every request of it, whatever clients or other customers of it do, where a firewall lets
   * nobody else connect. Then only what has the header needs the proof: what is without came before the firewall was closed,
   * or after it was opened, and is no less welcome than without the hop.
   * @default none: whatever is without the proof is refused
   * @example "X-Amz-Cf-Id"
   */
  markedBy?: string;
}

/** The header by which a `Cdn` proves itself to the host. */
export const originSecretHeader = "X-Landfall-Origin-Secret";

/** What an Application Load Balancer is told to do other than by default. */
export interface ApplicationLoadBalancerHop {
  /** CIDRs of the subnets that it is in. @example ["10.0.1.0/24", "10.0.2.0/24"] */
  addresses: string[];
  /**
   * Its idle timeout, which also ends a request that is not answered; seconds, 1 to 4,000 (Elastic Load Balancing, "Edit
   * attributes for your Application Load Balancer").
   * @default 60
   */
  idleSeconds?: number;
}

/**
 * An Application Load Balancer of AWS. Bodies to instances have no limit. To its targets it sends no server name by TLS
 * (apache/apisix issue 11523: every request was refused for lack of one).
 */
export function applicationLoadBalancerHop({ addresses, idleSeconds = 60 }: ApplicationLoadBalancerHop): Hop {
  return {
    name: "the load balancer",
    addresses,
    idleSeconds,
    keepSeconds: idleSeconds,
    answerSeconds: idleSeconds,
    asksHealth: true,
  };
}

/** What a distribution of CloudFront is told to do other than by default. */
export interface CloudFrontHop {
  /**
   * CIDRs that it connects from: `CLOUDFRONT_ORIGIN_FACING` in AWS's list of addresses.
   * @default none, for a distribution that proves itself: it is believed by its proof
   * @example ["130.176.0.0/17"]
   */
  addresses?: string[];
  /** Origin response timeout, 1 to 120 seconds (CloudFront, "Quotas"). @default 30 */
  answerSeconds?: number;
  /** Origin keep-alive timeout, 1 to 120 seconds (CloudFront, "Quotas"). @default 5 */
  keepSeconds?: number;
  /** Whether the distribution proves itself, as a `Cdn` does whose origin has `secrets`. @default false */
  provesItself?: boolean;
  /**
   * Whether a firewall lets nobody but CloudFront connect. Then only what comes from CloudFront needs the proof, so that
   * names can be led to the distribution, and away from it, without a lost request.
   * @default false
   */
  isOnlyWay?: boolean;
}

/** Idle time after which CloudFront closes a websocket, in seconds (CloudFront, "Using WebSockets": 10 minutes). */
const cloudFrontIdleSeconds = 600;

/**
 * CloudFront adds it to each request to an origin, and no function at the edge may touch it (CloudFront, "HTTP request headers
 * and CloudFront behavior", "Restrictions on all edge functions").
 */
const cloudFrontMark = "X-Amz-Cf-Id";

/** CloudFront. */
export function cloudFrontHop({ addresses = [], ...said }: CloudFrontHop): Hop {
  const { answerSeconds = 30, keepSeconds = 5, provesItself, isOnlyWay } = said;
  return {
    name: "the CDN",
    addresses,
    idleSeconds: cloudFrontIdleSeconds,
    keepSeconds,
    answerSeconds,
    ...(provesItself && { provesBy: originSecretHeader }),
    ...(isOnlyWay && { markedBy: cloudFrontMark }),
  };
}

/** Idle time after which a Network Load Balancer forgets a connection, in seconds (Elastic Load Balancing, "Connection idle timeout"). */
const networkIdleSeconds = 350;

/** What a Network Load Balancer is told to do other than by default. */
export interface NetworkLoadBalancerHop {
  /**
   * CIDRs of the subnets that it is in, for one that names clients by the PROXY protocol.
   * @default it leaves the client's address in the packets
   * @example ["10.0.1.0/24", "10.0.2.0/24"]
   */
  proxyProtocolFrom?: string[];
}

/** A Network Load Balancer of AWS. It knows connections, not requests. */
export function networkLoadBalancerHop({ proxyProtocolFrom }: NetworkLoadBalancerHop = {}): Hop {
  return {
    name: "the network load balancer",
    namesClient: proxyProtocolFrom === undefined ? NamesClient.InPackets : NamesClient.ProxyProtocol,
    addresses: proxyProtocolFrom ?? [],
    idleSeconds: networkIdleSeconds,
    keepSeconds: networkIdleSeconds,
    answerSeconds: networkIdleSeconds,
  };
}
