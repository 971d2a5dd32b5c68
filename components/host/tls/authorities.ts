import { App } from "../../app/app";

/** The authorities that Debian, Ubuntu and Alpine trust; Red Hat has them at /etc/pki/tls/certs/ca-bundle.crt. */
export const systemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

/** The authority that signs the certificates of an app's servers, as a file has it; undefined where that is a public one. */
export function ownAuthority({ serversTls }: App): string | undefined {
  return serversTls?.authority && `${serversTls.authority.replace(/\r\n/g, "\n").trim()}\n`;
}
