import { render } from "../systemd/render";
import { section, Setting, setting, unit } from "../systemd/tree";
import { command } from "../systemd/word";

/** The unit that applies the current plan: at each boot, by its timer, and at first boot as soon as it is there. */
export const applyService = "landfall-apply.service";

/** The safety net: puts right what a missed call or a change by hand has left different. */
export const applyTimer = "landfall-apply.timer";

/** The unit that mounts the data volume. */
export const volumeService = "landfall-volume.service";

/** Where the bootstrap program lies. */
export const bootstrapPath = "/usr/local/lib/landfall/bootstrap.py";

/** File that tells the bootstrap program where the host's store is. */
export const storeConfigPath = "/etc/landfall/store.json";

/** Where the plan lies on a host without a store. */
export const planPath = "/etc/landfall/plan.json";

/** Where the bootstrap program keeps the apply program that it has fetched last. */
export const programPath = "/var/lib/landfall/bootstrap/apply.py";

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

/**
 * The text of `volumeService`. A service of ours rather than a mount unit: the volume's device is not known before it is
 * attached, and is given a file system when it is blank. `program` applies plans, and mounts the volume when told to.
 */
export function volumeServiceText(device: string | undefined, program: string): string {
  return render(
    unit(
      section("Unit", [
        setting("Description", "Mount the data volume"),
        // Before the first apply has fetched the program there is nothing on a volume that anything could need.
        setting("ConditionPathExists", program),
      ]),
      section("Service", [
        setting("Type", "oneshot"),
        setting("RemainAfterExit", "yes"),
        setting("ExecStart", command("/usr/bin/python3", "-I", program, "--mount-data-volume", device ?? "")),
      ]),
      section("Install", [setting("WantedBy", "multi-user.target")]),
    ),
  );
}

/** Units that read or write what is on the data volume, as the folders of their additions: `app-.service` is every app's. */
export const volumeUsers = ["app-.service.d", "certbot.service.d", "nginx.service.d"] as const;

/** What is added to each of `volumeUsers`: without the volume they would begin afresh on the host's own disk. */
export function volumeUserText(): string {
  const needs: Setting[] = [setting("Requires", volumeService), setting("After", volumeService)];
  return render(unit(section("Unit", needs)));
}
