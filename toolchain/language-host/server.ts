import * as grpc from "@grpc/grpc-js";
import { type ILanguageRuntimeServer, LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutResponse,
  DependencyInfo,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  LanguageHandshakeResponse,
  RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import {
  PackageDependency,
  PackageParameterization,
  PluginDependency,
  PluginInfo,
} from "@pulumi/pulumi/proto/plugin_pb";
import * as fs from "node:fs";
import * as path from "node:path";

import { stopAll } from "./child-program";
import { installDependencies } from "./install-dependencies";
import { installedPackages, packageRoot, type RequiredProvider, requiredProviders } from "./installed-packages";
import { runPlugin } from "./run-plugin";
import { runProgram } from "./run-program";

/** The largest message that the official hosts take, 400 MB: a stack's outputs travel in one message. */
const largestMessageBytes = 400 * 1024 * 1024;

/** A language host that listens. */
export interface Listening {
  readonly port: number;
  /** Ends every connection and listens no more. */
  stop(): void;
}

/** Starts to serve the engine. Generating SDKs and converting programs are not offered. */
export async function serve(engineAddress: string): Promise<Listening> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": largestMessageBytes,
    "grpc.max_send_message_length": largestMessageBytes,
  });
  server.addService(LanguageRuntimeService, runtime(engineAddress) as grpc.UntypedServiceImplementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve({ port, stop: () => server.forceShutdown() }),
    );
  });
}

function runtime(givenAddress: string): Partial<ILanguageRuntimeServer> {
  let engineAddress = givenAddress;
  return {
    handshake: answer((call) => {
      engineAddress = call.request.getEngineAddress();
      return new LanguageHandshakeResponse();
    }),
    getPluginInfo: answer(() => new PluginInfo()),
    getRequiredPlugins: answer((call) => {
      const response = new GetRequiredPluginsResponse();
      const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getPwd();
      response.setPluginsList(requiredProviders(installedPackages(directory)).map(pluginDependency));
      return response;
    }),
    getRequiredPackages: answer((call) => {
      const response = new GetRequiredPackagesResponse();
      const directory = call.request.getInfo()?.getProgramDirectory() ?? ".";
      response.setPackagesList(requiredProviders(installedPackages(directory)).map(packageDependency));
      return response;
    }),
    run: answer((call) => runProgram(call.request, engineAddress)),
    runPlugin: stream(runPlugin),
    installDependencies: stream(installDependencies),
    runtimeOptionsPrompts: answer(() => new RuntimeOptionsResponse()),
    about: answer(() => {
      const response = new AboutResponse();
      response.setExecutable(process.execPath);
      response.setVersion(process.version);
      return response;
    }),
    getProgramDependencies: answer((call) => {
      const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getPwd();
      const response = new GetProgramDependenciesResponse();
      response.setDependenciesList(programDependencies(directory, call.request.getTransitivedependencies()));
      return response;
    }),
    cancel: answer((call) => {
      stopAll("SIGINT");
      // An empty message is asked for, and the request is one.
      return call.request;
    }),
  };
}

function answer<Request, Response>(
  work: (call: grpc.ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call)
      .then(work)
      .then((response) => callback(null, response))
      .catch((error: unknown) => callback(failure(error)));
  };
}

function stream<Request, Response>(
  work: (call: grpc.ServerWritableStream<Request, Response>) => Promise<void>,
): grpc.handleServerStreamingCall<Request, Response> {
  return (call) => {
    // `destroy` would end the stream without the status that carries the error.
    work(call).catch((error: unknown) => call.emit("error", failure(error)));
  };
}

function failure(error: unknown): Error & Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(details), { code: grpc.status.UNKNOWN, details });
}

function pluginDependency(provider: RequiredProvider): PluginDependency {
  const result = new PluginDependency();
  result.setName(provider.name);
  result.setKind("resource");
  result.setVersion(provider.version);
  result.setServer(provider.server);
  return result;
}

function packageDependency(provider: RequiredProvider): PackageDependency {
  const result = new PackageDependency();
  result.setName(provider.name);
  result.setKind("resource");
  result.setVersion(provider.version);
  result.setServer(provider.server);
  if (provider.parameterization) {
    const parameterization = new PackageParameterization();
    parameterization.setName(provider.parameterization.name);
    parameterization.setVersion(provider.parameterization.version);
    parameterization.setValue(provider.parameterization.value);
    result.setParameterization(parameterization);
  }
  return result;
}

/** What `pulumi about` lists: the packages that the program names, or all that are installed. */
function programDependencies(directory: string, transitive: boolean): DependencyInfo[] {
  const root = packageRoot(directory);
  const manifest = root === undefined ? {} : readDependencies(root);
  return installedPackages(directory)
    .filter(({ name }) => transitive || name in manifest)
    .map(({ name, version }) => {
      const result = new DependencyInfo();
      result.setName(name);
      result.setVersion(version);
      return result;
    });
}

function readDependencies(root: string): Record<string, string> {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  return { ...manifest.dependencies, ...manifest.devDependencies };
}
