import { request as httpRequest, RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** What is asked, how often and for how long. */
export interface LoadArgs {
  /** Where the requests go: Node's own options, e.g. `{ socketPath }` or `{ host, port, servername, ca }`. */
  target: RequestOptions & { servername?: string; ca?: string; rejectUnauthorized?: boolean };
  /** Send them over TLS. @default false */
  tls?: boolean;
  /** @default "/" */
  path?: string;
  /** Methods, taken in turn. @default GET and POST */
  methods?: string[];
  headers?: Record<string, string>;
  /** Body of the requests that are no GET or HEAD. @default none */
  body?: string;
  requestsPerSecond: number;
  seconds: number;
  /** Status of a good answer. @default 200 */
  status?: number;
  /** Text that a good answer contains. @default anything */
  contains?: string;
  /** A request that takes longer has failed, in seconds. @default 30 */
  timeoutSeconds?: number;
}

/** One request that failed. */
export interface FailedRequest {
  method: string;
  /** Seconds after the start of the load. */
  after: number;
  reason: string;
}

/** What came of it. */
export interface LoadResult {
  sent: number;
  failed: FailedRequest[];
  /** Latencies of all requests, in milliseconds. */
  medianMs: number;
  slowestMs: number;
}

/**
 * Open-loop load: requests leave at their time, whether or not earlier ones were answered, each on a connection of its
 * own. So a moment in which nothing answers shows as failures or as slow requests, never as fewer requests.
 */
export async function load(args: LoadArgs): Promise<LoadResult> {
  const methods = args.methods ?? ["GET", "POST"];
  const started = performance.now();
  const failed: FailedRequest[] = [];
  const latencies: number[] = [];
  const total = Math.round(args.requestsPerSecond * args.seconds);
  const pending: Promise<void>[] = [];
  for (let i = 0; i < total; i++) {
    const due = started + (i / args.requestsPerSecond) * 1000;
    if (due > performance.now()) await pause(due - performance.now());
    const method = methods[i % methods.length]!;
    const sent = performance.now();
    pending.push(
      ask(args, method).then((reason) => {
        latencies.push(performance.now() - sent);
        if (reason !== undefined) failed.push({ method, after: (sent - started) / 1000, reason });
      }),
    );
  }
  await Promise.all(pending);
  latencies.sort((a, b) => a - b);
  return {
    sent: total,
    failed,
    medianMs: latencies[Math.floor(latencies.length / 2)] ?? 0,
    slowestMs: latencies.at(-1) ?? 0,
  };
}

/** Sends one request. Returns why it failed, or undefined when it did not. */
function ask(args: LoadArgs, method: string): Promise<string | undefined> {
  const body = method === "GET" || method === "HEAD" ? undefined : (args.body ?? "");
  return new Promise((resolve) => {
    const options: RequestOptions = {
      ...args.target,
      method,
      path: args.path ?? "/",
      agent: false, // a new connection
      headers: {
        ...args.headers,
        connection: "close",
        ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      },
      timeout: (args.timeoutSeconds ?? 30) * 1000,
    };
    const send = args.tls ? httpsRequest : httpRequest;
    const request = send(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", (error) => resolve(`answer cut off: ${error.message}`));
      response.on("end", () => {
        if (!response.complete) resolve("answer cut off");
        else if (response.statusCode !== (args.status ?? 200)) resolve(`status ${response.statusCode}`);
        else if (args.contains !== undefined && !text.includes(args.contains)) resolve("an answer without the text");
        else resolve(undefined);
      });
    });
    request.on("timeout", () => request.destroy(new Error("timed out")));
    request.on("error", (error) => resolve(error.message));
    request.end(body);
  });
}
