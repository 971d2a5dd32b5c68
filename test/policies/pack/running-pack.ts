import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** A resource as the engine hands it to a pack. */
export interface GivenResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Record<string, unknown>;
  readonly dependencies?: string[];
  readonly propertyDependencies?: Record<string, string[]>;
  readonly parent?: string;
}

/** What the pack tells the engine. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

const policiesFolder = join(__dirname, "../../../policies");

/** A process of the policy pack, spoken to as the engine does. */
export class RunningPack {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /**
   * @param args how Node.js is started, in the pack's folder
   * @param env added to the environment
   */
  static async start(args: readonly string[] = ["index.js"], env: NodeJS.ProcessEnv = {}): Promise<RunningPack> {
    const child = spawn(process.execPath, args, {
      cwd: policiesFolder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data: Buffer) => resolve(data.toString().trim()));
      child.once("close", (code) => reject(new Error(`the pack ended with ${code}`)));
    });
    return new RunningPack(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  stop(): void {
    this.client.close();
    this.process.kill();
  }

  /** The policies that the pack offers. */
  async info(): Promise<messages.AnalyzerInfo.AsObject> {
    const { Empty } = await import("google-protobuf/google/protobuf/empty_pb");
    return (
      await this.call<messages.AnalyzerInfo>((done) => this.client.getAnalyzerInfo(new Empty(), done))
    ).toObject();
  }

  /** Configures one policy, as `--policy-pack-config` does. */
  async configure(policy: string, properties: Record<string, unknown>, level = "MANDATORY"): Promise<void> {
    const config = new messages.PolicyConfig();
    config.setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
    config.setEnforcementlevel(messages.EnforcementLevel[level as keyof typeof messages.EnforcementLevel]);
    const request = new messages.ConfigureAnalyzerRequest();
    request.getPolicyconfigMap().set(policy, config);
    await this.call((done) => this.client.configure(request, done));
  }

  /** What the pack says about a stack. */
  async analyzeStack(resources: readonly GivenResource[]): Promise<Diagnostic[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map(analyzerResource));
    const response = await this.call<messages.AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    return response.getDiagnosticsList().map((diagnostic) => ({
      policy: diagnostic.getPolicyname(),
      level: keyOf(messages.EnforcementLevel, diagnostic.getEnforcementlevel()),
      severity: keyOf(messages.PolicySeverity, diagnostic.getSeverity()).replace("POLICY_SEVERITY_", ""),
      urn: diagnostic.getUrn(),
      message: diagnostic.getMessage(),
    }));
  }

  /** What the pack makes of a resource, by the policy that changed it. */
  async remediate(resource: GivenResource): Promise<Record<string, unknown>> {
    const request = new messages.AnalyzeRequest();
    request.setUrn(resource.urn);
    request.setType(resource.type);
    request.setName(resource.name);
    request.setProperties(struct(resource.properties));
    request.setOptions(new messages.AnalyzerResourceOptions());
    const response = await this.call<messages.RemediateResponse>((done) => this.client.remediate(request, done));
    return Object.fromEntries(
      response
        .getRemediationsList()
        .map((remediation) => [remediation.getPolicyname(), remediation.getProperties()?.toJavaScript()]),
    );
  }

  private call<Response>(
    send: (done: (error: Error | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      send((error, response) => (error ? reject(error) : resolve(response)));
    });
  }
}

function analyzerResource(given: GivenResource): messages.AnalyzerResource {
  const resource = new messages.AnalyzerResource();
  resource.setUrn(given.urn);
  resource.setType(given.type);
  resource.setName(given.name);
  resource.setProperties(struct(given.properties));
  resource.setOptions(new messages.AnalyzerResourceOptions());
  resource.setDependenciesList(given.dependencies ?? []);
  resource.setParent(given.parent ?? "");
  for (const [property, urns] of Object.entries(given.propertyDependencies ?? {})) {
    const dependencies = new messages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(urns);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function struct(properties: Record<string, unknown>): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function keyOf(values: object, value: number): string {
  return Object.entries(values).find(([, candidate]) => candidate === value)![0];
}
