/** Folder in which an app makes its own socket. Its unit shows it to the app in the place of `/run/landfall`. */
export const ownSocketFolder = (app: string): string => `/run/${ownSocketDirectory(app)}`;

/** The same below `/run`, as `RuntimeDirectory=` takes it. */
export const ownSocketDirectory = (app: string): string => `landfall-${app}`;

/** Where the host finds the socket that an app calls `socketPath(app)`, with `listen.via` Socket. */
export const ownSocketPath = (app: string): string => `${ownSocketFolder(app)}/${app}.sock`;
