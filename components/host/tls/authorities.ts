import { App } from "../../app/app";
import { Effect, PlannedFile } from "../plan";

/** The authorities that Debian, Ubuntu and Alpine trust; Red Hat has them at /etc/pki/tls/certs/ca-bundle.crt. */
export const systemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

/** Longest chain of certificates between a server's own and an authority's. */
export const longestChain = 4;

/** The authority that signs the certificates of an app's servers, as a file has it; undefined where that is a public one. */
function ownAuthority({ serversTls }: App): string | undefined {
  return serversTls?.authority && `${serversTls.authority.replace(/\r\n/g, "\n").trim()}\n`;
}

/**
 * Where the authorities are that sign the certificates of an app's servers.
 *
 * @param own the file of those that an app brings
 */
export function authoritiesOf(app: App, own: (app: App) => string): string {
  return app.serversTls?.authority === undefined ? systemAuthorities : own(app);
}

/** The files of the authorities that apps bring for their servers; the web server's unit reads them when it reloads. */
export function authorityFiles(apps: readonly App[], own: (app: App) => string, unit: string): PlannedFile[] {
  return apps.flatMap((app) => {
    const content = ownAuthority(app);
    if (content === undefined) return [];
    const change = { effect: Effect.Reload, units: [unit] };
    return [{ path: own(app), content, mode: "0644", owner: "root", group: "root", change }];
  });
}
