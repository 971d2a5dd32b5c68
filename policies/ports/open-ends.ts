import { Host } from "../hosts/host";
import { HostListening } from "../hosts/listening";
import { isLoopback } from "../network/address";

/** Who listens on a port of a host, for other machines. */
export interface Ends {
  readonly isOpen: boolean;
  /** Whether nginx speaks TLS there; null where it is not nginx, or both. */
  readonly tls: boolean | null;
  /** Services of which it cannot be read where they listen. */
  readonly unread: readonly string[];
  /** The ports at which somebody listens. */
  readonly others: readonly number[];
}

/** Who takes connections of other machines on a port: nginx, or an app by itself. */
export function openEnds({ view }: Host, { places, unread }: HostListening, port: number): Ends {
  const nginx = (view.nginx?.servers ?? [])
    .flatMap(({ listens }) => listens)
    .filter(({ address, quic }) => !quic && !address.startsWith("unix:") && !isLoopback(address));
  const apps = places.filter(({ isLocal }) => !isLocal);
  const own = nginx.filter((listen) => listen.port === port);
  // A range of ports, or a variable, may be any.
  const isUnsure = nginx.some((listen) => listen.port === null);
  const ports = [...nginx.map((listen) => listen.port), ...apps.map((place) => place.port)];
  const isOpen = own.length > 0 || apps.some((place) => place.port === port);
  return {
    isOpen,
    tls: own.length === 0 || new Set(own.map(({ ssl }) => ssl)).size > 1 ? null : (own[0]?.ssl ?? null),
    unread: isUnsure ? [...unread, "nginx"] : unread,
    others: [...new Set(ports)].filter((one) => one !== null).sort((one, other) => one - other),
  };
}
