import { posix } from "node:path";
import { isLoopback } from "../network/address";
import { addressOf } from "../reader/nginx/listens";
import { Place } from "../reader/place";
import { CommandLine, commandLines, lastSetting, settings, settingWords } from "../reader/systemd/settings";
import { UnitView } from "../reader/systemd/unit-view";
import { Host } from "./host";
import { appServices } from "./services";

/** Where a service takes connections: on a port or on a unix socket. */
export interface Listening {
  /** e.g. `app-blog.service`. */
  readonly service: string;
  readonly port: number | null;
  /** Path of the socket. */
  readonly socket: string | null;
  /** Whether only the machine itself reaches it. */
  readonly isLocal: boolean;
  readonly place: Place;
}

/** Where the services of a host listen. */
export interface HostListening {
  readonly places: readonly Listening[];
  /** What listens where nobody can read it here: services with files of their own, containers, other web servers. */
  readonly unread: readonly string[];
}

/** Where services listen: by their sockets' units, their command lines, and the variable PORT. */
export function listeningOf(host: Host): HostListening {
  const bySocket = host.view.units.filter(({ name }) => name.endsWith(".socket")).flatMap(socketPlaces);
  const services = appServices(host).map(({ unit }) => {
    const own = [
      ...commandLines(unit, "ExecStart").flatMap((line) => commandPlaces(unit, line)),
      ...variablePlaces(unit),
    ];
    return { unit, own };
  });
  return {
    places: [...bySocket, ...services.flatMap(({ own }) => own)],
    unread: [
      ...services
        .filter(({ unit, own }) => own.length === 0 && !bySocket.some(({ service }) => service === unit.name))
        .map(({ unit }) => unit.name),
      ...otherServers(host),
    ],
  };
}

/** Programs that listen where files of their own, or their options, say. */
const servers = /^(?:apache2|httpd|caddy|haproxy|lighttpd|varnish|traefik|envoy|tomcat\d*|docker|podman)\b/;

/** Web servers and containers that are installed or run beside the services of apps. */
function otherServers({ view }: Host): string[] {
  const programs = view.commands.map(({ words }) => posix.basename(words[0] ?? ""));
  const names = [...view.packages.map(({ name }) => name), ...programs];
  return [...new Set(names.flatMap((name) => servers.exec(name)?.[0] ?? []))];
}

function socketPlaces(unit: UnitView): Listening[] {
  const service = lastSetting(unit, "Socket", "Service")?.value ?? unit.name.replace(/\.socket$/, ".service");
  return settingWords(unit, "Socket", "ListenStream").flatMap((word) => at(word, service, unit.place));
}

/** Options of programs that name an address, a port or a socket (gunicorn, uvicorn, hypercorn, Gramex, Node.js servers). */
const addressOptions = ["--bind", "-b", "--insecure-bind", "--listen", "--address", "--uds", "--unix-socket"];
const portOptions = ["--port", "--http-port", "--listen.port", "--server.port"];
const hostOptions = ["--host", "--listen.address"];

function commandPlaces(unit: UnitView, { words, place }: CommandLine): Listening[] {
  const host = valuesOf(words, hostOptions)[0];
  return [
    ...valuesOf(words, addressOptions).flatMap((value) => at(value, unit.name, place)),
    ...valuesOf(words, portOptions).flatMap((port) =>
      at(host === undefined ? port : `${host}:${port}`, unit.name, place),
    ),
  ];
}

/** What is given to options, as `--port 80`, `--port=80` or, of one letter, `-b80`. */
function valuesOf(words: readonly string[], options: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (options.includes(word)) return words[index + 1] ?? [];
    const [option = "", ...rest] = word.split("=");
    if (rest.length > 0 && options.includes(option)) return rest.join("=");
    const short = options.find((one) => /^-\w$/.test(one) && word.startsWith(one));
    return short === undefined ? [] : word.slice(short.length);
  });
}

function variablePlaces(unit: UnitView): Listening[] {
  return settings(unit, "Service", "Environment").flatMap(({ value, place }) => {
    const port = /(?:^|[\s"'])PORT=(\d{1,5})(?=$|[\s"'])/.exec(value)?.[1];
    return port === undefined ? [] : at(port, unit.name, place);
  });
}

/** A place as it is written: `8000`, `127.0.0.1:8000`, `:8000`, `unix:/run/app.sock`, `/run/app.sock`; none for others. */
function at(written: string, service: string, place: Place): Listening[] {
  const socket = written.replace(/^unix:(?:\/\/)?(?=\/)/, "");
  if (socket.startsWith("/")) return [{ service, port: null, socket, isLocal: true, place }];
  const bare = written.replace(/^(?:tcp|https?):\/\//, "").replace(/^:(?=\d)/, "");
  if (!/^(?:\d+|.+:\d+)$/.test(bare)) return [];
  const { address, port } = addressOf(bare);
  return port === null ? [] : [{ service, port, socket: null, isLocal: isLoopback(address), place }];
}

/** The services that take connections at an address of the machine itself. */
export function servicesAt(
  { places }: HostListening,
  { socket, port, host }: { readonly socket: boolean; readonly port: number | null; readonly host: string },
): string[] {
  const found = places.filter((place) => (socket ? place.socket === host : port !== null && place.port === port));
  return [...new Set(found.map(({ service }) => service))];
}
