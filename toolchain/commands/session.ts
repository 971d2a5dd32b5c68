import { ensureEngine } from "../engine/engine";
import { workspaceEnv } from "../engine/state";
import { projectRoot } from "./project";
import { Pulumi } from "./pulumi";
import { progress } from "./terminal/progress";

/** A Pulumi engine that works, in this checkout. */
export interface Session {
  engine: { kind: string; version: string };
  /** What the engine itself needs in the environment, wherever it works. */
  engineVariables: Record<string, string>;
  /** What has to be in the environment for the Pulumi CLI to work in this checkout. */
  variables: Record<string, string>;
  /** Whether state is kept in this checkout, rather than in a backend that the user named. */
  ownBackend: boolean;
  pulumi: Pulumi;
}

/** Finds or makes the engine, with lines of progress. */
export async function openSession(): Promise<Session> {
  const engine = await ensureEngine({ report: progress("engine") });
  const workspace = workspaceEnv(projectRoot);
  const variables = { ...engine.env, ...workspace };
  return {
    engine: { kind: engine.kind, version: engine.version },
    engineVariables: engine.env,
    variables,
    ownBackend: "PULUMI_BACKEND_URL" in workspace,
    // Pulumi believes PWD, and names what it makes by the folder it finds itself in.
    pulumi: new Pulumi(projectRoot, { ...process.env, ...variables, PWD: projectRoot }),
  };
}
