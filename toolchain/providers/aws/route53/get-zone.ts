import type { PropertyMap } from "../../property/value";
import type { Zone } from "../account/account";
import { arn } from "../identifiers";
import type { Lookup } from "../lookup";
import { flag, integer, required, text, textMap, texts } from "../properties";
import { nameServersOf } from "./zone";

const always = required(text);

/** `aws:route53/getZone:getZone`: a hosted zone by its id, or by its domain. */
export const getZone: Lookup = {
  table: {
    inputs: {
      enableAcceleratedRecovery: flag,
      name: text,
      privateZone: flag,
      tags: textMap,
      vpcId: text,
      zoneId: text,
    },
    outputs: {
      arn: always,
      callerReference: always,
      comment: always,
      id: always,
      linkedServiceDescription: always,
      linkedServicePrincipal: always,
      nameServers: required(texts),
      primaryNameServer: always,
      resourceRecordSetCount: required(integer),
    },
  },

  find(args, account): PropertyMap {
    const found = one(account.zones.filter((zone) => matches(zone, args)));
    const nameServers = nameServersOf(found.name);
    return {
      arn: arn("route53", `hostedzone/${found.id}`, account),
      callerReference: "",
      comment: "",
      id: found.id,
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      name: found.name,
      nameServers,
      primaryNameServer: nameServers[0],
      privateZone: found.private,
      resourceRecordSetCount: 2,
      tags: {},
      zoneId: found.id,
    };
  },
};

function matches(zone: Zone, { zoneId, name, privateZone = false }: PropertyMap): boolean {
  if (typeof zoneId === "string" && zoneId !== "") return zone.id === zoneId.replace(/^\/hostedzone\//, "");
  return zone.name === String(name ?? "").replace(/\.$/, "") && zone.private === privateZone;
}

function one(zones: readonly Zone[]): Zone {
  const [zone, ...others] = zones;
  if (zone === undefined) throw new Error("no matching Route 53 Hosted Zone found");
  if (others.length > 0) {
    throw new Error(
      "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
    );
  }
  return zone;
}
