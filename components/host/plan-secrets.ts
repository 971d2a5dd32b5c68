import { App } from "../app/app";
import { secretFile } from "../app/paths";
import { PlannedSecret } from "./plan";

/** What an app is handed at its start. */
export function planSecrets(app: App): PlannedSecret[] {
  return (app.secrets ?? []).map((secret) => ({
    app: app.name,
    name: secret.name,
    path: secretFile(app.name, secret.name),
    parameter: secretParameter(app.name, secret.name),
    generate: secret.generate ?? false,
  }));
}

/** Name of the parameter that carries a secret of an app. */
export const secretParameter = (app: string, secret: string): string => `secrets/${app}/${secret}`;
