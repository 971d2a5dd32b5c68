/** Where things are on a host. Every path is a function of the app's name, so presets, units and the web server agree. */

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

/** What the name of an app's instance has behind the app's own; the first has the app's. No app's name has an underscore. */
const suffix = (instance: number): string => (instance === 1 ? "" : `_${instance}`);

/** The socket that the web server hands requests to. Only the web server's user can open it. */
export const socketPath = (app: string, instance = 1): string => `/run/landfall/${app}${suffix(instance)}.sock`;

/** The system user that an app runs as. */
export const appUser = (app: string): string => `app-${app}`;

/** The units of an app, or of one of its instances. */
export const serviceUnit = (app: string, instance = 1): string => `app-${app}${suffix(instance)}.service`;
export const socketUnit = (app: string, instance = 1): string => `app-${app}${suffix(instance)}.socket`;

/** Root-only file that holds a secret of an app, handed to the unit by `LoadCredential=`. */
export const secretFile = (app: string, secret: string): string => `/etc/landfall/secrets/${app}/${secret}`;

/** Names of the credentials with the certificate of an app that ends TLS itself; no secret's name has a dot. */
export const tlsCredentials = { certificate: "tls.crt", key: "tls.key" } as const;

/** What systemd hands to an app as a credential, in memory; only the app's user can read it. */
const credentialFile = (app: string, name: string): string => `/run/credentials/${serviceUnit(app)}/${name}`;

/** The certificate, with its chain, of an app that ends TLS itself: PEM. */
export const tlsCertificateFile = (app: string): string => credentialFile(app, tlsCredentials.certificate);

/** The key of that certificate: PEM. */
export const tlsKeyFile = (app: string): string => credentialFile(app, tlsCredentials.key);

/** Folder of a domain's certificate: `fullchain.pem` and `privkey.pem`. */
export const certificateFolder = (domain: string): string => `/etc/landfall/tls/${domain}`;

/** Folder of the socket of an app's own Redis; only the app's user can enter it. */
export const redisFolder = (app: string): string => `/run/${redisDirectory(app)}`;

/** The same below `/run`, as `RuntimeDirectory=` takes it. */
export const redisDirectory = (app: string): string => `landfall-redis/${app}`;

/**
 * The unit of an app's own Redis. What is said of all apps' units is said of it as well, by the front of its name; no app's name
 * has an underscore.
 */
export const redisUnit = (app: string): string => `app-${app}_redis.service`;

/** Name of that folder. */
export const redisDataName = ".redis";

/** Where an app's own Redis keeps what it keeps: in the app's data folder, which goes along to another machine. */
export const redisDataFolder = (app: string): string => `${dataFolder(app)}/${redisDataName}`;

/** Where the file system is mounted that the machines of a fleet share. */
export const sharedRoot = "/var/lib/landfall/shared";

/** An app's folder there; root's, so that an app cannot put something else in the place of what is below. */
export const sharedAppFolder = (app: string): string => `${sharedRoot}/${app}`;

/** A shared folder of an app, where all machines see it. */
export const sharedFolder = (app: string, folder: string): string => `${sharedAppFolder(app)}/${folder}`;

/** Port on the loopback address where GoAccess hands out figures as they come (its default). */
export const goAccessPort = 7890;

/** What secrets of the web server are under, in the place of an app's name, which has no dot. */
export const webSecrets = "web.server";

/** Name of the secret with the password of the report. */
export const reportPassword = "report-password";
