import type { Network, Place } from "./network";

/** Files of cloud-init's NoCloud data source, by name. */
export type Seed = Readonly<Record<"user-data" | "meta-data" | "network-config", string>>;

/** What a machine's cloud-init is told. */
export function seedFiles(
  machine: { id: string; name: string; userData: string },
  place: Pick<Place, "address">,
  network: Network,
): Seed {
  return {
    "user-data": machine.userData,
    "meta-data": `instance-id: ${machine.id}-${machine.name}\nlocal-hostname: ${machine.name}\n`,
    // `gateway4` and not `routes`: cloud-init of Debian 13 refuses `to: default`.
    "network-config": `version: 2
ethernets:
  host0:
    addresses: [${place.address}/24]
    gateway4: ${network.gateway}
    mtu: ${network.mtu}
`,
  };
}
