import { renderCommand } from "../shell/render";
import { command, Command } from "../shell/tree";

/** A certificate that an authority is asked for. */
export interface SigningRequest {
  /** The host name that key and request are called by. */
  domain: string;
  /** Further host names. @default none */
  names?: readonly string[];
}

/** Key and request for one certificate, by OpenSSL 1.1.1 or newer. */
export function signingRequest({ domain, names = [] }: SigningRequest): Command {
  return command(
    ...["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-keyout", `${domain}.key`, "-out", `${domain}.csr`, "-subj", `/CN=${domain}`],
    ...["-addext", `subjectAltName=${[domain, ...names].map((name) => `DNS:${name}`).join(",")}`],
  );
}

/** The commands that make keys and requests, for a shell. Nobody else reads the keys. */
export function signingCommands(requests: readonly SigningRequest[]): string {
  return ["umask 077", ...requests.map((request) => renderCommand(signingRequest(request)))].join("\n");
}
