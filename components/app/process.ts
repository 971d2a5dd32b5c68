/** How systemd learns that the app is ready (`Type=` of systemd.service(5)). */
export const ReadyWhen = {
  /** When the program was executed. */
  Started: "exec",
  /** When the program says so by sd_notify(3), as gunicorn does. */
  Notified: "notify",
} as const;
export type ReadyWhen = (typeof ReadyWhen)[keyof typeof ReadyWhen];

/** How the app is run. */
export interface Process {
  /**
   * Program and arguments. A program without a slash is looked up in the app's Python environment if it has one, else
   * on the host's PATH; one with a relative path is looked up in the release. Runs in the folder of the code.
   * @example ["uvicorn", "main:app", "--fd", "3"]
   */
  command: string[];
  /** When it counts as started. @default Started */
  ready?: ReadyWhen;
  /** Signal that asks it to stop. @default SIGTERM */
  stopSignal?: string;
  /** Send the stop signal to the main process only (`KillMode=mixed`), for servers that stop their own workers. @default false */
  stopsOwnWorkers?: boolean;
  /** Signal that reloads it in place. @default none, so it is restarted @example "SIGHUP" */
  reloadSignal?: string;
  /** Longest time it needs to finish requests when stopped, in seconds. systemd waits 5 s longer. @default 30 */
  gracefulSeconds?: number;
  /**
   * How many of it run on this host, each with a socket of its own that systemd hands over. They share code, data folder, secrets
   * and Redis; `balance` says who gets a request. At most 64.
   * @default 1
   * @example 4
   */
  instances?: number;
}
