import { PlannedTunnel } from "../plan";

/** The port of NFS (IANA, "nfs"). */
export const nfsPort = 2049;

/** What the tunnel takes on the loopback address; the port that the mount helper of AWS begins at. */
export const tunnelPort = 20_049;

/** The unit of the tunnel, and the package of its program. */
export const tunnelUnit = "landfall-files-tunnel.service";
export const tunnelPackage = "stunnel4";

/** `sharedRoot` as systemd names its mount (systemd.mount(5)). */
export const mountUnit = "var-lib-landfall-shared.mount";

/** The unit that makes the folders that an app shares. */
export const foldersUnit = (app: string): string => `landfall-folders-${app}.service`;

/** What stunnel reads; the host writes it, because the file system's name is known only once it is made. */
export const tunnelFile = "/etc/landfall/files-tunnel.conf";

/** Name of the parameter that carries the file system's name in DNS. */
export const filesParameter = "files/endpoint";

/** The tunnel to the file system. A changed name is another file system: it is mounted anew. */
export const filesTunnel: PlannedTunnel = {
  path: tunnelFile,
  parameter: filesParameter,
  accept: tunnelPort,
  port: nfsPort,
  units: [tunnelUnit, mountUnit],
};
