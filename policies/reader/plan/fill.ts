import { appFolder, environmentFolder } from "../../../components/app/paths";
import { HostPlan } from "../../../components/host/plan";
import { HostDraft } from "../draft";
import { PackageManager, Production } from "../host-view";
import { Place } from "../place";

/** Notes what the apply program makes of a host plan. */
export function fillFromPlan(draft: HostDraft, plan: HostPlan, place: Place): void {
  draft.plan = plan;
  for (const name of plan.packages) draft.packages.push({ name, manager: PackageManager.System, place });
  for (const download of plan.downloads ?? []) {
    draft.packages.push({ name: download.package, manager: PackageManager.System, place });
  }
  for (const { name } of plan.users) draft.users.push({ name, place });
  for (const { path } of plan.directories) draft.produce({ path, how: Production.Directory, target: null, place });
  for (const { path, content, mode, owner, group } of plan.files) {
    draft.write({ path, content, mode, owner: `${owner}:${group}`, place, sourceLine: null });
  }
  const secret = { content: null, mode: "0600", owner: "root:root", place, sourceLine: null };
  for (const { path } of [...plan.secrets, ...(plan.proofs ?? [])]) draft.write({ ...secret, path });
  if (plan.tunnel) draft.write({ ...secret, mode: "0644", path: plan.tunnel.path });
  for (const { folder } of plan.certificates) {
    for (const name of ["fullchain.pem", "privkey.pem"]) draft.write({ ...secret, path: `${folder}/${name}` });
  }
  for (const { app, python } of plan.releases) {
    draft.produce({ path: `${appFolder(app)}/current`, how: Production.Release, target: null, place });
    if (typeof python?.key === "string")
      draft.produce({ path: environmentFolder(python.key), how: Production.Build, target: null, place });
  }
}
