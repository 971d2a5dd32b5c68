import { render } from "../systemd/render";
import { section, setting, unit } from "../systemd/tree";
import { command } from "../systemd/word";

/** The unit that applies the current plan: at each boot, by its timer, and at first boot as soon as it is there. */
export const applyService = "landfall-apply.service";

/** The safety net: puts right what a missed call or a change by hand has left different. */
export const applyTimer = "landfall-apply.timer";

/** Where the bootstrap program lies. */
export const bootstrapPath = "/usr/local/lib/landfall/bootstrap.py";

/** The text of `applyService`. */
export function applyServiceText(): string {
  return render(
    unit(
      section("Unit", [
        setting("Description", "Apply the host plan"),
        setting("Wants", "network-online.target"),
        setting("After", "network-online.target"),
      ]),
      section("Service", [
        setting("Type", "oneshot"),
        setting("ExecStart", command("/usr/bin/python3", "-I", bootstrapPath, "--unattended")),
      ]),
      section("Install", [setting("WantedBy", "multi-user.target")]),
    ),
  );
}

/** The text of `applyTimer`. */
export function applyTimerText(): string {
  return render(
    unit(
      section("Unit", [setting("Description", "Apply the host plan from time to time")]),
      // Counted from the end of the last run, so that a long one is not followed by the next at once.
      section("Timer", [setting("OnUnitInactiveSec", "15min")]),
      section("Install", [setting("WantedBy", "timers.target")]),
    ),
  );
}
