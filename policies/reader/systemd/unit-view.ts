import { Place } from "../place";

/** Whether something is so. */
export const Answer = { Yes: "yes", No: "no", Unknown: "unknown" } as const;
export type Answer = (typeof Answer)[keyof typeof Answer];

/** One line of a unit, lines continued by a backslash put together. */
export interface ReadSetting {
  /** Section it stands in, e.g. `Service`. */
  readonly section: string;
  readonly key: string;
  /** Right side, without spaces at its ends. Empty where a list starts anew. */
  readonly value: string;
  readonly place: Place;
}

/** A systemd unit as its file and drop-ins make it. */
export interface UnitView {
  /** e.g. `app.service`; of a template each instance that is named somewhere (`app@1.service`), else `app@.service`. */
  readonly name: string;
  /** Whether the unit's own file is among the files; if not, a package brings it and these are its drop-ins. */
  readonly hasOwnFile: boolean;
  /** Whether all files that it is made of are read; if not, it may have settings beyond these. */
  readonly complete: boolean;
  /** All settings in the order in which they apply. Ask with `settings`, `lastSetting` and `commandLines`. */
  readonly settings: readonly ReadSetting[];
  /** Whether it starts at boot. */
  readonly enabled: Answer;
  /** Whether it is started at first boot, before any later boot. */
  readonly started: Answer;
  readonly masked: boolean;
  /** Units whose start brings it up, e.g. its socket, its timer, or one that wants it. */
  readonly activators: readonly string[];
  /** First line of its own file, or of its first drop-in. */
  readonly place: Place;
}
