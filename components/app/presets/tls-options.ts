import { answersItself } from "../app-tls";
import { tlsCertificateFile, tlsKeyFile } from "../paths";
import type { PresetArgs } from "./preset-args";

/**
 * Suites of TLS 1.2 as Mozilla's "intermediate" settings have them, in a word that OpenSSL 3 takes. uvicorn's and ESG's own
 * default is `TLSv1`, none but suites from before 1.2.
 */
const suites = "ECDHE+AESGCM:ECDHE+CHACHA20";

/** Names of a server's options for TLS. */
interface TlsOptions {
  certificate: string;
  key: string;
  suites: string;
}

/** The options by which a server ends TLS, where the app does. */
export function tlsOptions({ name, tls }: PresetArgs, names: TlsOptions): string[] {
  if (!tls) return [];
  return [names.certificate, tlsCertificateFile(name), names.key, tlsKeyFile(name), names.suites, suites];
}

/** Whether everybody who connects can be believed, since only the web server can open the socket. */
export const believesAll = ({ name, source, tls, routes }: PresetArgs): boolean =>
  !answersItself({ name, source, tls, routes });
