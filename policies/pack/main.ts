import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

/** Starts the policy pack: from here on this process serves the engine. */
export function main(): void {
  new PolicyPack("landfall", { policies: policies(), enforcementLevel: "mandatory" });
}
