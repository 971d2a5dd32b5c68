import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { checkInputs, type Failure, withDefaults } from "./check";
import type { EngineLog } from "./engine-log";
import { markedOutputs, outputsBeforeCreate, outputsBeforeUpdate } from "./outputs";
import { type Difference, differences } from "./property/difference";
import { mapProperties, type PropertyMap, reveal } from "./property/value";
import { readProperties, writeProperties } from "./property/wire";
import { Effect, type Provider, type Resource, type Severity } from "./provider";
import { packageSchema } from "./schema";
import { secretTexts } from "./secrets";
import type { Task, WorkList } from "./work-list";

/** Answers the engine's calls for a provider. Calls that none of our providers need are left out, so gRPC refuses them. */
export function providerService(provider: Provider, log: EngineLog, works: WorkList): Partial<IResourceProviderServer> {
  const resource = (urn: string): Resource => {
    const type = typeOf(urn);
    const found = provider.resources[type] ?? provider.otherResource?.(type);
    if (found) return found;
    const known = Object.keys(provider.resources).join(", ");
    throw new Error(`this stand-in for the ${provider.name} provider has no resource ${type}; it has ${known}`);
  };

  return {
    handshake: answer((request) => {
      if (request.getEngineAddress() !== "") log.attach(request.getEngineAddress());
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),

    attach: answer((request) => {
      log.attach(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answer(() => {
      const response = new PluginInfo();
      response.setVersion(provider.version);
      return response;
    }),

    getSchema: answer(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(JSON.stringify(packageSchema(provider)));
      return response;
    }),

    getMapping: answer(() => new messages.GetMappingResponse()),
    getMappings: answer(() => new messages.GetMappingsResponse()),

    checkConfig: answer((request) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),

    diffConfig: answer((request) => {
      const found = differences(readProperties(request.getOldInputs()), readProperties(request.getNews()));
      const inPlace = found.map((difference) => ({ ...difference, replaces: false }));
      return diffResponse(inPlace, [], false);
    }),

    configure: answer(async (request) => {
      const write = (severity: Severity, line: string): void => log.write(severity, line, "", false);
      provider.configure?.(reveal(readProperties(request.getArgs())), write);
      await log.drained();
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    invoke: answer(async (request) => {
      const token = request.getTok();
      const called = provider.functions[token] ?? provider.otherFunction?.(token);
      if (!called) {
        const known = Object.keys(provider.functions).join(", ");
        throw new Error(`this stand-in for the ${provider.name} provider has no function ${token}; it has ${known}`);
      }
      const given = readProperties(request.getArgs());
      const args = withDefaults(called.table.inputs, given);
      const response = new messages.InvokeResponse();
      const failures = [...checkInputs(called.table, args), ...(called.check?.(reveal(args)) ?? [])];
      if (failures.length > 0) {
        response.setFailuresList(failures.map(failureMessage));
        return response;
      }
      const task: Task = { name: token, urn: "", timeoutSeconds: 0, secrets: secretTexts(called.table.inputs, args) };
      const results = await works.run(task, (work) => called.call(reveal(args), work));
      const { inputs, outputs } = called.table;
      response.setReturn(writeProperties(markedOutputs({ inputs, outputs }, args, results)));
      return response;
    }),

    check: answer((request) => {
      const { table, check, complete } = bound(resource(request.getUrn()));
      const before = request.hasOlds() ? readProperties(request.getOlds()) : undefined;
      const checking = { name: nameOf(request.getUrn()), before, seed: request.getRandomseed_asU8() };
      const given = readProperties(request.getNews());
      const inputs = withDefaults(table.inputs, complete?.(given, checking) ?? given);
      const misfits = checkInputs(table, inputs);
      const response = new messages.CheckResponse();
      response.setInputs(writeProperties(inputs));
      // Rules about content need content of the right kind.
      const failures = misfits.length > 0 ? misfits : (check?.(reveal(inputs)) ?? []);
      response.setFailuresList(failures.map(failureMessage));
      return response;
    }),

    diff: answer((request) => {
      const { table, outdated, effect, deletesFirst } = bound(resource(request.getUrn()));
      const state = readProperties(request.getOlds());
      const before = request.hasOldInputs()
        ? readProperties(request.getOldInputs())
        : mapProperties(state, (value, name) => (name in table.inputs ? value : undefined));
      const after = ignoring(request.getIgnorechangesList(), before, readProperties(request.getNews()));
      const usual = (property: string): Effect => (table.inputs[property]?.replaces ? Effect.Replace : Effect.Update);
      const found = differences(before, after).flatMap((difference) => {
        const does = effect?.(difference, before, after) ?? usual(difference.property);
        return does === Effect.None ? [] : [{ ...difference, replaces: does === Effect.Replace }];
      });
      const old = outdated?.({ id: request.getId(), state: reveal(state) }, reveal(after)) ?? [];
      return diffResponse(found, old, deletesFirst?.(after) ?? false);
    }),

    create: answer(async (request) => {
      const { table, create, planned } = bound(resource(request.getUrn()));
      const inputs = readProperties(request.getProperties());
      const response = new messages.CreateResponse();
      if (request.getPreview()) {
        response.setProperties(writeProperties(outputsBeforeCreate(table, inputs, planned?.(inputs))));
        return response;
      }
      const task = taskOf(request, secretTexts(table.inputs, inputs));
      const created = await works.run(task, (work) => create(reveal(inputs), work));
      response.setId(created.id);
      response.setProperties(writeProperties(markedOutputs(table, inputs, created.outputs)));
      return response;
    }),

    read: answer((request) => {
      const { read } = bound(resource(request.getUrn()));
      const state = readProperties(request.getProperties());
      const response = new messages.ReadResponse();
      // Nothing outside of the state knows these resources, so importing one by its id alone finds nothing.
      if (Object.keys(state).length === 0) return response;
      const now = read?.({ id: request.getId(), state: reveal(state) }) ?? {};
      response.setId(request.getId());
      response.setProperties(writeProperties({ ...state, ...now }));
      response.setInputs(request.getInputs());
      return response;
    }),

    update: answer(async (request) => {
      const { table, update, planned } = bound(resource(request.getUrn()));
      const state = readProperties(request.getOlds());
      const before = request.hasOldInputs() ? readProperties(request.getOldInputs()) : state;
      const inputs = ignoring(request.getIgnorechangesList(), before, readProperties(request.getNews()));
      const response = new messages.UpdateResponse();
      if (request.getPreview()) {
        const shown = outputsBeforeUpdate(table, inputs, state, planned?.(inputs, state));
        response.setProperties(writeProperties(shown));
        return response;
      }
      const kept = mapProperties(state, (value, name) => (name in table.inputs ? undefined : value));
      const task = taskOf(request, [...secretTexts(table.inputs, inputs), ...stateSecrets(table, state)]);
      const existing = { id: request.getId(), state: reveal(state) };
      const outputs = update ? await works.run(task, (work) => update(existing, reveal(inputs), work)) : kept;
      response.setProperties(writeProperties(markedOutputs(table, inputs, outputs)));
      return response;
    }),

    delete: answer(async (request) => {
      const { table, delete: remove } = bound(resource(request.getUrn()));
      const state = readProperties(request.getProperties());
      const task = taskOf(request, stateSecrets(table, state));
      if (remove) await works.run(task, (work) => remove({ id: request.getId(), state: reveal(state) }, work));
      return new Empty();
    }),

    cancel: answer(() => {
      works.stop("the update was cancelled");
      return new Empty();
    }),
  };
}

/** Methods of a resource that can be passed on without losing their object. */
function bound(resource: Resource): Resource {
  return {
    table: resource.table,
    complete: resource.complete?.bind(resource),
    check: resource.check?.bind(resource),
    outdated: resource.outdated?.bind(resource),
    effect: resource.effect?.bind(resource),
    deletesFirst: resource.deletesFirst?.bind(resource),
    planned: resource.planned?.bind(resource),
    create: resource.create.bind(resource),
    update: resource.update?.bind(resource),
    read: resource.read?.bind(resource),
    delete: resource.delete?.bind(resource),
  };
}

function stateSecrets(table: Resource["table"], state: PropertyMap): string[] {
  return secretTexts({ ...table.inputs, ...table.outputs }, state);
}

function taskOf(request: { getUrn(): string; getTimeout(): number }, secrets: readonly string[]): Task {
  const urn = request.getUrn();
  return {
    name: nameOf(urn),
    urn,
    timeoutSeconds: request.getTimeout(),
    secrets: [...secrets].sort((left, right) => right.length - left.length),
  };
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`: the type is the last of the types. A name may hold `::`. */
function typeOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The new inputs with the old value wherever the program says that changes are to be passed over. */
function ignoring(names: readonly string[], before: PropertyMap, after: PropertyMap): PropertyMap {
  const tops = names.filter((name) => name in before || name in after);
  return { ...after, ...Object.fromEntries(tops.map((name) => [name, before[name]])) };
}

function failureMessage(failure: Failure): messages.CheckFailure {
  const message = new messages.CheckFailure();
  message.setProperty(failure.property);
  message.setReason(failure.reason);
  return message;
}

function diffResponse(
  found: readonly (Difference & { readonly replaces: boolean })[],
  outdated: readonly string[],
  deletesFirst: boolean,
): messages.DiffResponse {
  const kinds = messages.PropertyDiff.Kind;
  const response = new messages.DiffResponse();
  const detailed = response.getDetaileddiffMap();
  const entry = (kind: messages.PropertyDiff.Kind, ofInput: boolean): messages.PropertyDiff => {
    const message = new messages.PropertyDiff();
    message.setKind(kind);
    message.setInputdiff(ofInput);
    return message;
  };
  for (const { path, kind, replaces } of found) {
    const [inPlace, anew] = {
      add: [kinds.ADD, kinds.ADD_REPLACE] as const,
      delete: [kinds.DELETE, kinds.DELETE_REPLACE] as const,
      update: [kinds.UPDATE, kinds.UPDATE_REPLACE] as const,
    }[kind];
    detailed.set(path, entry(replaces ? anew : inPlace, true));
  }
  for (const output of outdated) detailed.set(output, entry(kinds.UPDATE_REPLACE, false));

  const properties = [...new Set([...found.map(({ property }) => property), ...outdated])];
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  response.setHasdetaileddiff(true);
  response.setChanges(properties.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList(properties);
  const replacing = found.filter(({ replaces }) => replaces).map(({ property }) => property);
  response.setReplacesList([...new Set([...replacing, ...outdated])]);
  response.setDeletebeforereplace(deletesFirst && response.getReplacesList().length > 0);
  return response;
}

/** Turns a function of the request into a gRPC handler; what it throws becomes the call's error, as the user reads it. */
function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(work)
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          callback(Object.assign(new Error(details), { code: grpc.status.UNKNOWN, details }));
        },
      );
  };
}
