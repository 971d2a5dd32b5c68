import { App } from "../app";
import { AppTls } from "../app-tls";
import { domainFault } from "../domain";
import { suggestion } from "../nearest";
import { ServeBy } from "../route/route";
import { Report } from "./report";

/** Checks the TLS that an app ends itself. */
export function checkAppTls(app: App, report: Report): void {
  if (!app.tls) return;
  const own = report.in("tls");
  checkDomain(app, app.tls, own.in("domain"));
  checkWays(app, report);
  const instances = app.process?.instances ?? 1;
  if (instances > 1)
    own.refuseUnseen(
      `is given to ${instances} instances, each of which has its credentials in a folder of its own`,
      "run one instance",
    );
  app.process?.command?.forEach((_, index, words) => checkWord(words, index, report.in("process", "command", index)));
  for (const [name, value] of Object.entries(app.environment ?? {}))
    value
      .split(/\s+/)
      .forEach((_, index, words) => checkWord(["", ...words], index + 1, report.in("environment", name)));
}

function checkDomain({ routes = [] }: App, { domain }: AppTls, report: Report): void {
  if (domain === undefined) return; // said of its shape
  const fault = domainFault(domain);
  const routed = routes.map((route) => route.domain);
  if (fault) report.refuse(domain, fault.reason, fault.fix);
  else if (routed.length > 0 && !routed.includes(domain))
    report.refuse(domain, "is the domain of none of its routes", suggestion(domain, routed));
}

/** Who could connect around the web server could say whatever that one says of clients. */
function checkWays({ routes = [], listen }: App, report: Report): void {
  const isPublic = (listen?.publicPorts ?? []).length > 0;
  if (routes.length === 0 && !isPublic)
    report.in("tls").refuseUnseen("ends at no port", "give listen.publicPorts, e.g. [443], or routes");
  if (routes.length > 0 && isPublic)
    report
      .in("listen", "publicPorts")
      .refuse(
        listen!.publicPorts,
        "lead around the web server, whose word about clients the app believes",
        "leave out these or the routes",
      );
  if (routes.length > 0 && routes.every(({ serve }) => serve === ServeBy.Files))
    report.in("tls").refuseUnseen("has no effect, the web server answers from files", "leave it out");
}

/** Versions of SSL and TLS that nobody is to speak (RFC 7568, RFC 8996), as programs and Python's `ssl` name them. */
const oldVersion = /^(PROTOCOL_)?(SSL_?v?[23]|TLS_?v?1([._]?[01])?)$/i;

/** The same as numbers, which `--ssl-version` of uvicorn, ESG and gunicorn takes (Python, `ssl._SSLMethod`). */
const oldNumbers = ["0", "1", "3", "4"];

/** Words of lists of suites for what is broken, and for all suites of the old versions. */
const brokenSuites = /^(SSLv[23]|TLSv1(\.[01])?|RC4|3?DES|MD5|[ae]?NULL|EXP(ORT)?|LOW|ALL|COMPLEMENTOFALL)(-.*)?$/i;

/** A word of a command line: an option's value may stand in it, or be the next one. */
function checkWord(words: readonly string[], index: number, report: Report): void {
  const word = words[index]!;
  const [option = "", value] = word.startsWith("-") ? word.split(/=(.*)/s) : [words[index - 1], word];
  if (/^--(ssl-)?key-?file-password$/.test(option)) {
    if (word === option) return; // said of what follows
    report.refuseUnseen("is seen by everybody on the host", "leave it out: the key has no passphrase");
  } else if (value === undefined) return;
  else if (oldVersion.test(value) || (option === "--ssl-version" && oldNumbers.includes(value)))
    report.refuse(word, "asks for a version of TLS that is broken", "leave it out: TLS 1.2 and 1.3 are usual");
  else if (/^--(ssl-)?ciphers$/.test(option)) {
    const broken = value.split(/[:, ]+/).find((suite) => brokenSuites.test(suite));
    if (broken !== undefined)
      report.refuse(
        word,
        `asks for suites that are broken, ${broken}`,
        "leave it out, or name suites such as ECDHE+AESGCM",
      );
  }
}
