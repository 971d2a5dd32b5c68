import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { AppliedCertificate } from "../../../components/host/apply/status";
import { load, LoadResult } from "../../load";
import { TestMachine } from "../machine";
import { eventually } from "../../eventually";
import { applied } from "./applying";

/** A host that gets the certificate of one domain by itself. */
export interface CertifiedHost {
  /** What the host says of the certificate once it is applied. */
  standing(...words: string[]): Promise<AppliedCertificate>;
  /** What a client is shown, as openssl names it; `name` is what the client asks for. */
  served(field: "issuer" | "serial" | "ext subjectAltName", name?: string): Promise<string>;
  /** Asks for its page at an even rate, for twelve seconds. */
  traffic(requestsPerSecond: number): Promise<LoadResult>;
  /**
   * Renews it under traffic, as the timer does, but now rather than in two months.
   *
   * @returns the requests that failed
   */
  renewed(requestsPerSecond: number): Promise<LoadResult>;
}

/**
 * @param host the machine, which may not be there yet
 * @param contains what its page says
 * @param port where it is answered by TLS
 */
export function certifiedHost(host: TestMachine, domain: string, contains: string, port = 443): CertifiedHost {
  return {
    async standing(...words) {
      const { certificates = [] } = (await applied(host, ...words)).status;
      const certificate = certificates.find((one) => one.domain === domain);
      assert.ok(certificate, `the status tells of no certificate for ${domain}`);
      return certificate;
    },
    async served(field, name = domain) {
      return await host.exec(
        `openssl s_client -connect 127.0.0.1:${port} -servername ${name} </dev/null 2>/dev/null | openssl x509 -noout -${field}`,
      );
    },
    traffic(requestsPerSecond) {
      return load({
        target: { host: host.address, port, servername: domain, rejectUnauthorized: false },
        tls: true,
        headers: { Host: domain },
        methods: ["GET"],
        requestsPerSecond,
        seconds: 12,
        contains,
      });
    },
    async renewed(requestsPerSecond) {
      const before = await this.served("serial");
      const traffic = this.traffic(requestsPerSecond);
      await pause(1000);
      await host.exec("certbot -q renew --force-renewal --no-random-sleep-on-renew", { timeoutSeconds: 60 });
      // certbot asks the web server to reload, which says so before its new workers answer.
      await eventually(async () => assert.notEqual(await this.served("serial"), before));
      return await traffic;
    },
  };
}
