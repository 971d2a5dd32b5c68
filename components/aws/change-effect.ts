import type { ServerArgs } from "./server";

/** What a change does to a server, in the order of how much it disturbs. */
export const ChangeEffect = {
  /** The machine runs on. */
  InPlace: "in-place",
  /** The machine is stopped and started again; it stays the same one. */
  Restart: "restart",
  /** Another machine takes over; the address and the data go over to it. */
  NewMachine: "new-machine",
  /** Another machine takes over, with an empty data volume: the old one is deleted. The address goes over to it. */
  NewData: "new-data",
} as const;
export type ChangeEffect = (typeof ChangeEffect)[keyof typeof ChangeEffect];

const changeEffects: Readonly<Record<keyof ServerArgs, ChangeEffect>> = {
  debian: ChangeEffect.NewMachine,
  userData: ChangeEffect.NewMachine,
  userDataBase64: ChangeEffect.NewMachine,
  store: ChangeEffect.NewMachine,
  securityGroupIds: ChangeEffect.InPlace,
  instanceType: ChangeEffect.NewMachine,
  subnetId: ChangeEffect.NewData,
  ipv6: ChangeEffect.InPlace,
  ami: ChangeEffect.NewMachine,
  generation: ChangeEffect.NewMachine,
  rootGiB: ChangeEffect.InPlace,
  dataGiB: ChangeEffect.InPlace,
  ssh: ChangeEffect.NewMachine,
  monitoring: ChangeEffect.InPlace,
  reports: ChangeEffect.InPlace,
  snapshots: ChangeEffect.InPlace,
  protection: ChangeEffect.InPlace,
  tags: ChangeEffect.InPlace,
};

/**
 * The most that a change to a property of a server does. It may do less: with a store, other user data does nothing to a
 * machine that is there, for user data is read at the first boot; networks of SSH change in place when there was SSH
 * before; another size of the same processor is a stop and a start; a subnet in the same zone keeps the data.
 *
 * @example
 * changeEffect("debian") === ChangeEffect.NewMachine;
 */
export function changeEffect(property: keyof ServerArgs): ChangeEffect {
  return changeEffects[property];
}
