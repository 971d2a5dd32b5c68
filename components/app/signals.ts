/** Signals that may ask a program to stop or to reload, by the names of signal(7). */
export const signals: readonly string[] = [
  "SIGABRT",
  "SIGALRM",
  "SIGCONT",
  "SIGHUP",
  "SIGINT",
  "SIGKILL",
  "SIGPWR",
  "SIGQUIT",
  "SIGTERM",
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
];
