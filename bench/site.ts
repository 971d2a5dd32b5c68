import { join } from "node:path";
import { App } from "../components/app/app";
import { applyProgram } from "../components/host/apply/program";
import { StoreKind } from "../components/host/apply/store";
import { buildHost } from "../components/host/build";
import { userData } from "../components/host/cloud-init/user-data";
import { canonicalJson, sha256 } from "../components/host/digest";
import { directHops } from "../components/host/hops";
import { applyPlan } from "../components/local/delivery/apply";
import { bringUp, machineNeeds, takeDown } from "../components/local/delivery/bring-up";
import { guestParameters, guestStore } from "../components/local/delivery/folders";
import { deliverParameters } from "../components/local/delivery/parameters";
import { publish } from "../components/local/delivery/publish";
import { cacheHome } from "../components/local/machine/folders";
import { sweep } from "../components/local/machine/sweep";
import { cleaningUp } from "./cleanup";

export interface BenchSiteArgs {
  id: string;
  apps: App[];
  debian: number;
  root: string;
}

export interface BenchSite {
  machine: string;
  address: string;
}

/** A machine with the apps on it, all healthy, made by the steps of `LocalSite` but without an engine, for as long as `work` takes. */
export async function withSite<T>(
  args: BenchSiteArgs,
  report: (line: string) => void,
  work: (site: BenchSite) => Promise<T>,
): Promise<T> {
  const spec = { id: args.id, machine: "web" };
  const remove = async (): Promise<void> => {
    await takeDown({ ...spec, forward: [] });
    await sweep(args.id);
  };
  return await cleaningUp(remove, async () => {
    const build = buildHost({ ...args, hops: directHops, archiveFolder: join(cacheHome(), "code") });
    const plan = canonicalJson(build.plan);
    const program = applyProgram();
    publish({ ...spec, program: program.digest, archives: build.archives }, plan, program.text);
    deliverParameters(spec, {});
    const store = { kind: StoreKind.Folder, path: guestStore, parameters: guestParameters };
    const { address } = await bringUp(
      { ...spec, ...machineNeeds(build.plan), forward: [] },
      userData({ store }),
      report,
    );
    await applyPlan({ ...spec, plan: sha256(plan) }, report);
    return await work({ machine: spec.machine, address });
  });
}
