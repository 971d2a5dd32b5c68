import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import type { PropertyMap } from "../../../toolchain/providers/property/value";
import { readProperties, writeProperties } from "../../../toolchain/providers/property/wire";
import type { Provider } from "../../../toolchain/providers/provider";
import { serve } from "../../../toolchain/providers/server";

/** A line that a provider wrote to the engine's log. */
export interface LogLine {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

/** What a provider says about a change. */
export interface Diff {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly detailed: Record<string, string>;
  /** Whether the old resource goes before a new one is made. */
  readonly deletesFirst: boolean;
}

/** Options of calls that do something. */
export interface CallOptions {
  readonly preview?: boolean;
  readonly timeoutSeconds?: number;
}

/**
 * Takes the engine's part: serves a provider in this process, calls it by the protocol, and keeps what it logs.
 * `type` is the resource that the calls are about.
 */
export class EngineStandIn {
  private constructor(
    private readonly client: ResourceProviderClient,
    /** What the provider has logged so far. */
    readonly log: readonly LogLine[],
    private readonly ends: (() => unknown)[],
  ) {}

  static async start(provider: Provider): Promise<EngineStandIn> {
    const server = new grpc.Server();
    const lines: LogLine[] = [];
    server.addService(EngineService, {
      log: (call: grpc.ServerUnaryCall<LogRequest, Empty>, callback: grpc.sendUnaryData<Empty>) => {
        const { severity, message, urn, ephemeral } = call.request.toObject();
        const name = Object.entries(LogSeverity).find(([, value]) => value === severity)?.[0];
        lines.push({ severity: name?.toLowerCase() as LogLine["severity"], message, urn, ephemeral });
        callback(null, new Empty());
      },
    } as unknown as grpc.UntypedServiceImplementation);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    const serving = await serve(provider, `127.0.0.1:${port}`);
    const client = new ResourceProviderClient(`127.0.0.1:${serving.port}`, grpc.credentials.createInsecure());
    return new EngineStandIn(client, lines, [
      () => client.close(),
      () => serving.stop("the test is over"),
      () => server.forceShutdown(),
    ]);
  }

  async stop(): Promise<void> {
    for (const end of this.ends) await end();
  }

  /** Sends any message; for what the other methods do not cover. */
  send<Response>(
    act: (
      client: ResourceProviderClient,
      done: (error: grpc.ServiceError | null, response: Response) => void,
    ) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      act(this.client, (error, response) => (error ? reject(new Error(error.details)) : resolve(response)));
    });
  }

  async configure(config: PropertyMap): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(writeProperties(config));
    await this.send<messages.ConfigureResponse>((client, done) => client.configure(request, done));
  }

  /**
   * @param olds inputs that the resource had before; none for a new one
   * @param seed what generated names are made from
   */
  async check(
    type: string,
    news: PropertyMap,
    olds?: PropertyMap,
    seed = "a seed",
  ): Promise<{ inputs: PropertyMap; failures: string[] }> {
    const request = new messages.CheckRequest();
    request.setUrn(urn(type));
    request.setNews(writeProperties(news));
    if (olds) request.setOlds(writeProperties(olds));
    request.setRandomseed(Buffer.from(seed));
    const response = await this.send<messages.CheckResponse>((client, done) => client.check(request, done));
    const failures = response.getFailuresList().map((failure) => `${failure.getProperty()} ${failure.getReason()}`);
    return { inputs: readProperties(response.getInputs()), failures };
  }

  /** Checks inputs that are expected to be good, and makes the resource. */
  async make(
    type: string,
    inputs: PropertyMap,
    options: CallOptions = {},
  ): Promise<{ id: string; state: PropertyMap }> {
    const checked = await this.check(type, inputs);
    if (checked.failures.length > 0) throw new Error(`check failed: ${checked.failures.join("; ")}`);
    return this.create(type, checked.inputs, options);
  }

  async create(
    type: string,
    inputs: PropertyMap,
    options: CallOptions = {},
  ): Promise<{ id: string; state: PropertyMap }> {
    const request = new messages.CreateRequest();
    request.setUrn(urn(type));
    request.setProperties(writeProperties(inputs));
    request.setPreview(options.preview ?? false);
    request.setTimeout(options.timeoutSeconds ?? 0);
    const response = await this.send<messages.CreateResponse>((client, done) => client.create(request, done));
    return { id: response.getId(), state: readProperties(response.getProperties()) };
  }

  async diff(
    type: string,
    state: PropertyMap,
    news: PropertyMap,
    more: { olds?: PropertyMap; ignore?: string[] } = {},
  ): Promise<Diff> {
    const request = new messages.DiffRequest();
    request.setId("id");
    request.setUrn(urn(type));
    request.setOlds(writeProperties(state));
    if (more.olds) request.setOldInputs(writeProperties(more.olds));
    request.setNews(writeProperties(news));
    request.setIgnorechangesList(more.ignore ?? []);
    const response = await this.send<messages.DiffResponse>((client, done) => client.diff(request, done));
    const kinds = Object.entries(messages.PropertyDiff.Kind);
    const detailed = [...response.getDetaileddiffMap().entries()].map(([path, entry]) => [
      path,
      kinds.find(([, kind]) => kind === (entry as messages.PropertyDiff).getKind())?.[0],
    ]);
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      detailed: Object.fromEntries(detailed) as Record<string, string>,
      deletesFirst: response.getDeletebeforereplace(),
    };
  }

  async update(type: string, state: PropertyMap, news: PropertyMap, options: CallOptions = {}): Promise<PropertyMap> {
    const request = new messages.UpdateRequest();
    request.setId("id");
    request.setUrn(urn(type));
    request.setOlds(writeProperties(state));
    request.setNews(writeProperties(news));
    request.setPreview(options.preview ?? false);
    request.setTimeout(options.timeoutSeconds ?? 0);
    return readProperties(
      (await this.send<messages.UpdateResponse>((client, done) => client.update(request, done))).getProperties(),
    );
  }

  async read(type: string, id: string, state: PropertyMap): Promise<{ id: string; state: PropertyMap }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setUrn(urn(type));
    request.setProperties(writeProperties(state));
    const response = await this.send<messages.ReadResponse>((client, done) => client.read(request, done));
    return { id: response.getId(), state: readProperties(response.getProperties()) };
  }

  async delete(type: string, state: PropertyMap, options: CallOptions = {}): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId("id");
    request.setUrn(urn(type));
    request.setProperties(writeProperties(state));
    request.setTimeout(options.timeoutSeconds ?? 0);
    await this.send<Empty>((client, done) => client.delete(request, done));
  }

  async invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setArgs(writeProperties(args));
    const response = await this.send<messages.InvokeResponse>((client, done) => client.invoke(request, done));
    const failures = response.getFailuresList().map((failure) => `${failure.getProperty()} ${failure.getReason()}`);
    if (failures.length > 0) throw new Error(failures.join("; "));
    return readProperties(response.getReturn());
  }

  cancel(): Promise<unknown> {
    return this.send<Empty>((client, done) => client.cancel(new Empty(), done));
  }
}

/** The URN of a resource named `thing`. */
export function urn(type: string): string {
  return `urn:pulumi:stack::project::parent:index:Parent$${type}::thing`;
}
