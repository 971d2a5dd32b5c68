import { Place, Status } from "../finding";
import { Host } from "../hosts/host";
import { Place as ReadPlace } from "../reader/place";
import { UnitView } from "../reader/systemd/unit-view";
import { Draft } from "../rule";

type Details = Pick<Draft, "about" | "item" | "place" | "resource">;

export function pass(message: string, details: Details = {}): Draft {
  return { status: Status.Pass, message, ...details };
}

export function fail(message: string, fix: string, details: Details = {}): Draft {
  return { status: Status.Fail, message, fix, ...details };
}

export function unknown(message: string, fix: string, details: Details = {}): Draft {
  return { status: Status.Unknown, message, fix, ...details };
}

/** What to do about what is not known before the deployment. */
export const checkLater = "check the state after the deployment: landfall check on what pulumi stack export gives";

/** Says that something is not on the host; as long as part of the host cannot be read, only that it was not found. */
export function absent(host: Host, message: string, fix: string, details: Details = {}): Draft {
  const [reason] = host.unread;
  if (reason === undefined) return fail(message, fix, details);
  return unknown(`${message}, as far as it can be read: ${reason}`, fix, details);
}

/** Says that a unit has no such setting; of a unit that is not wholly read, only that it was not found. */
export function unset({ complete }: UnitView, message: string, fix: string, details: Details = {}): Draft {
  if (complete) return fail(message, fix, details);
  return unknown(`${message}, as far as it can be read: a part of the unit is known only on the host`, fix, details);
}

/** A place of the reader as findings have it. */
export function placed({ file, line }: ReadPlace): Place {
  return { file, line };
}
