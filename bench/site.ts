import { join } from "node:path";
import { App } from "../components/app/app";
import { applyProgram } from "../components/host/apply/program";
import { buildHost } from "../components/host/build";
import { userData } from "../components/host/cloud-init/user-data";
import { canonicalJson, sha256 } from "../components/host/digest";
import { directHops } from "../components/host/hops";
import { applyPlan } from "../components/local/delivery/apply";
import { bringUp, takeDown } from "../components/local/delivery/bring-up";
import { guestParameters, guestStore } from "../components/local/delivery/folders";
import { deliverParameters } from "../components/local/delivery/parameters";
import { publish } from "../components/local/delivery/publish";
import { cacheHome } from "../components/local/machine/folders";
import { sweep } from "../components/local/machine/sweep";

export interface BenchSiteArgs {
  id: string;
  apps: App[];
  debian: number;
  root: string;
}

export interface BenchSite {
  machine: string;
  address: string;
  remove(): Promise<void>;
}

/** A machine with the apps on it, all healthy, made by the steps of `LocalSite` but without an engine. */
export async function bootSite(args: BenchSiteArgs, report: (line: string) => void): Promise<BenchSite> {
  const spec = { id: args.id, machine: "web" };
  const up = { ...spec, debian: args.debian, forward: [] };
  const remove = async (): Promise<void> => {
    await takeDown(up);
    await sweep(args.id);
  };
  try {
    const build = buildHost({ ...args, hops: directHops, archiveFolder: join(cacheHome(), "code") });
    const plan = canonicalJson(build.plan);
    const program = applyProgram();
    publish({ ...spec, program: program.digest, archives: build.archives }, plan, program.text);
    deliverParameters(spec, {});
    const store = { kind: "folder" as const, path: guestStore, parameters: guestParameters };
    const { address } = await bringUp(up, userData({ store }), report);
    await applyPlan({ ...spec, plan: sha256(plan) }, report);
    return { machine: spec.machine, address, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
