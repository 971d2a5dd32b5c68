import type { Failure } from "../check";
import type { PropertyMap } from "../property/value";

/** Whether a certificate has to be made anew: it has expired, or will within `earlyRenewalHours`. */
export function readyForRenewal(state: PropertyMap, earlyRenewalHours: unknown, now = new Date()): boolean {
  const end = Date.parse(String(state["validityEndTime"]));
  const early = typeof earlyRenewalHours === "number" ? earlyRenewalHours : 0;
  return !Number.isNaN(end) && end - early * 3_600_000 <= now.getTime();
}

/** What is wrong with the inputs that say how long a certificate is good for. */
export function checkValidity(inputs: PropertyMap): Failure[] {
  return ["validityPeriodHours", "earlyRenewalHours"].flatMap((property) => {
    const hours = inputs[property];
    return typeof hours === "number" && hours < 0 ? [{ property, reason: `is ${hours}, and has to be 0 or more` }] : [];
  });
}

/** What is wrong with the inputs about certificate authorities. */
export function checkAuthority(inputs: PropertyMap): Failure[] {
  const length = inputs["maxPathLength"];
  if (typeof length !== "number" || length >= -1) return [];
  return [{ property: "maxPathLength", reason: `is ${length}, and has to be 0 or more, or -1 for no limit` }];
}
