import { lastSetting, settingWords } from "./settings";
import { unitName } from "./specifiers";
import { UnitView } from "./unit-view";

/** Settings of `[Unit]` that bring other units up. */
const pulling = ["Wants", "Requires", "BindsTo", "Upholds"];

/** By unit, the names of those whose start brings it up. */
export function activatorsOf(units: readonly UnitView[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const unit of units) {
    for (const name of new Set(activatedBy(unit))) found.set(name, [...(found.get(name) ?? []), unit.name]);
  }
  return found;
}

function activatedBy(unit: UnitView): string[] {
  const pulled = pulling.flatMap((key) => settingWords(unit, "Unit", key));
  const parts = unitName(unit.name);
  const own = unit.name.replace(/\.[a-z]+$/, ".service");
  switch (parts?.type) {
    case "socket":
      return [...pulled, lastSetting(unit, "Socket", "Service")?.value ?? own];
    case "timer":
      return [...pulled, lastSetting(unit, "Timer", "Unit")?.value ?? own];
    case "path":
      return [...pulled, lastSetting(unit, "Path", "Unit")?.value ?? own];
    default:
      return pulled;
  }
}
