/** Where things are on a host. Every path is a function of the app's name, so presets, units and nginx agree. */

/** Folder of everything that Landfall installs. */
export const installRoot = "/opt/landfall";

/** Folder of an app's releases; `current` in it links to the one that runs. */
export const appFolder = (app: string): string => `${installRoot}/apps/${app}`;

/** The code that runs. */
export const codeFolder = (app: string): string => `${appFolder(app)}/current/code`;

/** The Python environment of the release that runs (a link into `environmentFolder`). */
export const currentEnvironment = (app: string): string => `${appFolder(app)}/current/env`;

/** A Python environment, shared by the releases that ask for the same one. */
export const environmentFolder = (key: string): string => `${installRoot}/environments/${key}`;

/** What the app keeps: survives releases, restarts and (on AWS) the machine. */
export const dataFolder = (app: string): string => `/var/lib/landfall/data/${app}`;

/** The socket that nginx hands requests to. Only nginx's user can open it. */
export const socketPath = (app: string): string => `/run/landfall/${app}.sock`;

/** The system user that an app runs as. */
export const appUser = (app: string): string => `app-${app}`;

/** The units of an app. */
export const serviceUnit = (app: string): string => `app-${app}.service`;
export const socketUnit = (app: string): string => `app-${app}.socket`;

/** Root-only file that holds a secret of an app, handed to the unit by `LoadCredential=`. */
export const secretFile = (app: string, secret: string): string => `/etc/landfall/secrets/${app}/${secret}`;

/** Folder of a domain's certificate: `fullchain.pem` and `privkey.pem`. */
export const certificateFolder = (domain: string): string => `/etc/landfall/tls/${domain}`;
