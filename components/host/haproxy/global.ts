import { Route } from "../../app/route/route";
import { Guest } from "../guest";
import { clientIdleSeconds, drainSeconds, HopChain } from "../hops";
import { openFiles } from "../nginx/main";
import { webUser } from "../systemd/socket";
import { intermediate } from "../tls/mozilla";
import { because, HaproxySection, line, section } from "./tree";

/** A client and an app each take an open file, and files of the process itself need some. */
const connections = openFiles / 4;

/** What is said once: as whom it runs, what it logs to, TLS. */
export function globalSection(routes: readonly Route[], hops: HopChain, guest: Guest): HaproxySection {
  const { ciphers, sessionSeconds } = intermediate(guest);
  return section(
    ["global"],
    [
      because("apps let nobody else open their sockets", line("user", webUser)),
      line("group", webUser),
      line("maxconn", connections),
      because("syslog, which is the journal", line("log", "/dev/log", "len", 8192, "local0", "info")),
      because(
        "after a reload: longer than any answer may take, so that none is cut",
        line("hard-stop-after", `${drainSeconds(routes, hops)}s`),
      ),
      because("Mozilla's guideline 6.0, intermediate", line("ssl-default-bind-ciphers", ciphers.join(":"))),
      because(
        "it keeps one ticket key until it reloads: whoever gets it reads all sessions of that time",
        line("ssl-default-bind-options", "ssl-min-ver", "TLSv1.2", "prefer-client-ciphers", "no-tls-tickets"),
      ),
      line("tune.ssl.lifetime", sessionSeconds),
    ],
  );
}

/** How long it waits, and for what. Slow or silent clients, in the way of Slowloris, are let go. */
export function defaultsSection(mode: "http" | "tcp", hops: HopChain): HaproxySection {
  const patience = `${clientIdleSeconds(hops)}s`;
  const ofRequests = [
    because("a client that is slow with its request", line("timeout", "http-request", "15s")),
    line("timeout", "http-keep-alive", patience),
    because(
      "a connection of its own for each request: an app that restarts may close a kept one just when a request is written",
      line("option", "http-server-close"),
    ),
    because("a server that cannot be connected to is no reason to fail while there is another", line("retries", 3)),
    line("option", "redispatch"),
  ];
  return section(
    ["defaults"],
    [
      line("mode", mode),
      line("log", "global"),
      line("backlog", 4096),
      line("timeout", "connect", "5s"),
      line("timeout", "client", mode === "http" ? "30s" : patience),
      line("timeout", "server", mode === "http" ? "55s" : patience),
      because(
        "a connection that says nothing, such as a health check's, is no line of the log",
        line("option", "dontlognull"),
      ),
      ...(mode === "http" ? ofRequests : []),
    ],
  );
}
