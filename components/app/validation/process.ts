import { App } from "../app";
import { Listen, ListenVia } from "../listen";
import { Process } from "../process";
import { ServeBy } from "../route/route";
import { suggestion } from "../nearest";
import { signals } from "../signals";
import { Report } from "./report";
import { checkText, checkWhole, unwritable } from "./text";

/** Checks how the app is run and what it listens on. */
export function checkProcess(app: App, report: Report): void {
  if (app.process) checkHowItRuns(app.process, report.in("process"));
  else checkThatNothingRuns(app, report);
  if (app.listen) checkListen(app.listen, report.in("listen"));
}

function checkHowItRuns(process: Process, report: Report): void {
  if (process.command) checkCommand(process.command, report.in("command"));
  for (const key of ["stopSignal", "reloadSignal"] as const) {
    const signal = process[key];
    if (signal !== undefined && !signals.includes(signal))
      report.in(key).refuse(signal, "is not a signal that can be sent", suggestion(signal, signals));
  }
  if (process.gracefulSeconds !== undefined)
    checkWhole(process.gracefulSeconds, 1, 3600, "seconds", report.in("gracefulSeconds"));
}

function checkCommand(command: readonly string[], report: Report): void {
  const program = command[0];
  if (program === undefined) {
    report.refuse([], "is empty", "give the program and its arguments as a list");
    return;
  }
  const first = report.in(0);
  if (checkText(program, first)) {
    if (program.split("/").includes(".."))
      first.refuse(
        program,
        "leads out of its folder",
        'give a name, an absolute path, or a path in the release without ".."',
      );
    else if (/\s/.test(program))
      first.refuse(program, "has spaces", "give program and arguments as separate elements of the list");
    else if (!program.includes("/") && program.includes("="))
      first.refuse(program, "is read as a variable where programs are looked up", "give the program's path");
    else if (!/^[A-Za-z0-9_./]/.test(program))
      first.refuse(
        program,
        "begins with a sign that has a meaning of its own in units",
        "give the program's name or path",
      );
  }
  command.slice(1).forEach((word, index) => {
    const reason = unwritable(word);
    if (reason !== undefined) report.in(index + 1).refuse(word, reason, "pass such a value in a file");
  });
}

function checkThatNothingRuns(app: App, report: Report): void {
  const idle = app.servers ? "is given, but the app runs elsewhere" : "is given, but nothing runs";
  const fix = app.servers ? "leave it out" : "give process.command, or leave it out";
  for (const key of ["listen", "reach", "redis", "relax", "secrets", "sharedData"] as const)
    if (app[key] !== undefined && !isEmpty(app[key])) report.in(key).refuseUnseen(idle, fix);
  if (app.servers) {
    for (const key of ["data", "environment", "python"] as const)
      if (app[key] !== undefined && !isEmpty(app[key])) report.in(key).refuseUnseen(idle, fix);
    return; // what else they need is checked with the servers
  }
  (app.routes ?? []).forEach((route, index) => {
    if (route.serve !== ServeBy.Files)
      report
        .in("routes", index)
        .refuseUnseen(
          "hands requests to the app, but nothing runs",
          `give process.command, or serve: "${ServeBy.Files}"`,
        );
  });
  if ((app.routes ?? []).length === 0)
    report.refuseUnseen("neither runs nor answers", "give it a process, routes or both");
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function checkListen(listen: Listen, report: Report): void {
  const via = listen.via ?? ListenVia.Activation;
  if (via === ListenVia.Port && listen.port === undefined)
    report.in("port").refuseUnseen("is missing", 'via: "port" needs the port that the app listens on');
  if (via !== ListenVia.Port && listen.port !== undefined)
    report
      .in("port")
      .refuse(listen.port, `is given, but the app listens by ${via}`, 'say via: "port", or leave it out');
  // The app's user has no capability to open a port below 1024.
  if (listen.port !== undefined) checkWhole(listen.port, 1024, 65535, "a port", report.in("port"));
  (listen.publicPorts ?? []).forEach((port, index) => {
    checkWhole(port, 1, 65535, "a port", report.in("publicPorts", index));
  });
  // Linux keeps the queue's length in 16 bits' worth of sockets by default (net.core.somaxconn is 4096).
  if (listen.backlog !== undefined) checkWhole(listen.backlog, 1, 65535, "connections", report.in("backlog"));
}
