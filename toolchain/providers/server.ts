import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as fs from "node:fs";

import { EngineLog } from "./engine-log";
import type { Provider } from "./provider";
import { providerService } from "./service";
import { WorkList } from "./work-list";

/** The largest message that the official providers take, 400 MB: a resource's state travels in one message. */
const largestMessageBytes = 400 * 1024 * 1024;

/** Longest time to end what is going on; the engine waits 5 s for a provider to end before it kills it. */
const stopMs = 4000;

/** Longest time for the last answers to go out. */
const lastAnswersMs = 300;

/** A provider that is being served. */
export interface Serving {
  readonly port: number;
  /** Stops the work going on, and then the server. */
  stop(reason: string): Promise<void>;
}

/** Serves a provider on a free port of the loopback address, for one engine. */
export async function serve(provider: Provider, engineAddress: string | undefined): Promise<Serving> {
  const log = new EngineLog(engineAddress);
  const works = new WorkList(log);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": largestMessageBytes,
    "grpc.max_send_message_length": largestMessageBytes,
  });
  const service = providerService(provider, log, works);
  server.addService(ResourceProviderService, service as grpc.UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    stop: async (reason) => {
      // The engine keeps its connection, so a server without calls would be waited for as long as one with a last answer.
      const { isBusy } = works;
      works.stop(reason);
      await works.idle(stopMs);
      log.close();
      if (isBusy) await answersSent(server);
      server.forceShutdown();
    },
  };
}

/** Waits until the last answers have gone out, which takes milliseconds when somebody still listens. */
async function answersSent(server: grpc.Server): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, lastAnswersMs)));
  await Promise.race([new Promise<void>((resolve) => server.tryShutdown(() => resolve())), late]);
  clearTimeout(timer);
}

/**
 * Runs a provider as the engine's child: prints the port, serves, and ends when the engine asks for it or is gone.
 *
 * The engine interrupts a provider at the end of every command and then waits up to 5 s, so it has to end at once.
 */
export async function runProvider(provider: Provider): Promise<void> {
  // The address comes last, after options such as `-v=9` and `--tracing`.
  const serving = await serve(provider, process.argv.slice(2).at(-1));
  let ending = false;
  const end = (reason: string, status = 0): void => {
    if (ending) return;
    ending = true;
    void serving.stop(reason).finally(() => process.exit(status));
  };
  process.on("SIGINT", () => end("the update was interrupted"));
  process.on("SIGTERM", () => end("the update was interrupted"));
  onInputEnd(() => end("the engine is gone"));
  process.on("uncaughtException", (error) => {
    process.stderr.write(`${provider.name} provider: ${error.stack ?? error.message}\n`);
    end("the provider failed", 1);
  });
  // Last, because the engine calls, or interrupts, as soon as it has read this.
  process.stdout.write(`${serving.port}\n`);
}

/** The engine holds the other end of a provider's standard input and never writes; it ends when the engine does. */
function onInputEnd(act: () => void): void {
  const input = fs.fstatSync(0);
  // A provider started by hand from a terminal or with /dev/null has no engine at the other end.
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("end", act).on("error", act).resume();
}
