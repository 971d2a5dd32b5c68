import { applyService } from "../../components/host/cloud-init/units";
import { Target } from "../rule";
import { lastSetting } from "../reader/systemd/settings";
import { UnitView } from "../reader/systemd/unit-view";
import { Host } from "./host";

/** A service of an app on a host. */
export interface Service extends Target {
  readonly host: Host;
  readonly unit: UnitView;
}

/**
 * The services that run apps: those that are declared; where none are, all whose unit the host's files bring. Jobs
 * (`Type=oneshot`) are no services, and a package answers for its own units.
 */
export function appServices(host: Host): Service[] {
  const { services } = host.contract;
  return host.view.units
    .filter((unit) => unit.hasOwnFile && unit.name.endsWith(".service") && unit.name !== applyService)
    .filter((unit) => (services === null ? !isJob(unit) : services.includes(unit.name)))
    .map((unit) => ({ urn: host.urn, host, unit }));
}

function isJob(unit: UnitView): boolean {
  return lastSetting(unit, "Service", "Type")?.value === "oneshot";
}
