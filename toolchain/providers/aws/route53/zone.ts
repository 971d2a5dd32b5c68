import { digits } from "../account/account";
import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { byDefault, computed, flag, objects, required, text, textMap, texts } from "../properties";
import { forceNew } from "../replacement";

/** `aws:route53/zone:Zone`. Route 53 knows no regions. */
export const zone: Definition = {
  table: {
    inputs: {
      comment: byDefault("Managed by Pulumi", text),
      delegationSetId: text,
      enableAcceleratedRecovery: flag,
      forceDestroy: byDefault(false, flag),
      name: text,
      tags: textMap,
      vpcs: objects({ vpcId: required(text), vpcRegion: text }),
    },
    outputs: {
      arn: computed(text),
      nameServers: computed(texts),
      primaryNameServer: computed(text),
      tagsAll: computed(textMap),
      zoneId: computed(text),
    },
    filledIn: ["enableAcceleratedRecovery", "name"],
  },
  // The versions of the file that could be read are older than enableAcceleratedRecovery, so it has no row.
  replacement: forceNew("internal/service/route53/zone.go", "delegationSetId", "name"),
  autonaming: { property: "name", maxLength: 255 },
  sets: ["vpcs"],

  create(inputs, { account }) {
    const id = `Z${newHex(20).toUpperCase()}`;
    const nameServers = nameServersOf(String(inputs["name"]));
    const outputs = {
      arn: arn("route53", `hostedzone/${id}`, account),
      enableAcceleratedRecovery: false,
      nameServers,
      primaryNameServer: nameServers[0],
      zoneId: id,
    };
    return { id, outputs };
  },
};

/** The four that Route 53 would give a zone, in a domain that nobody has (RFC 2606). */
export function nameServersOf(zoneName: string): string[] {
  return [1, 2, 3, 4].map((n) => `ns-${n}.${digits(4, zoneName)}.awsdns-${n}.example`);
}
