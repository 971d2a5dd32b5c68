import { HopChain } from "../hops";
import { because, block, Directive, directive } from "./tree";

/** Where a program on the same host ends TLS: the one address that it connects from, and it begins with the client's. */
export function clientOfTlsFront(): Directive[] {
  return [directive("set_real_ip_from", "127.0.0.1"), directive("real_ip_header", "proxy_protocol")];
}

/** `listen` for such a program. Undefined where nginx ends TLS itself. */
export function listenBehindTlsFront({ tlsFrontPort }: HopChain, ...options: string[]): Directive[] | undefined {
  if (tlsFrontPort === undefined) return undefined;
  const listen = directive("listen", `127.0.0.1:${tlsFrontPort}`, "proxy_protocol", ...options);
  return [because("TLS has ended in front of it, on this host", listen)];
}

/** The front hands on what comes to any of its ports: a name that has one of its own answers on no other. */
export function refuseOtherPorts(port: number, hops: HopChain): Directive[] {
  if (hops.tlsFrontPort === undefined || hops.names === undefined) return [];
  const another = [{ token: "($proxy_protocol_server_port" }, "!=", `${port})`];
  return [because("asked on the port of another name", block("if", another, [directive("return", 421)]))];
}
