import { App } from "../../app/app";
import { systemAuthorities } from "../tls/authorities";
import { haproxyFolder } from "./folder";

/** Where the authorities are that sign the certificates of an app's servers. */
export function authorityFile(app: App): string {
  return app.serversTls?.authority === undefined ? systemAuthorities : ownAuthorityFile(app.name);
}

/** The same for those that the app brings. */
export const ownAuthorityFile = (app: string): string => `${haproxyFolder}/authorities/${app}.pem`;
