import { machineMutations } from "./machine";
import { Mutation } from "./mutation";
import { nameMutations } from "./names";
import { networkMutations } from "./network";
import { serviceMutations } from "./services";
import { userDataMutations } from "./user-data";
import { webMutations } from "./web";

/** What is broken in stack `dev`, one thing at a time, by what it is about. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  "user data": userDataMutations,
  services: serviceMutations,
  network: networkMutations,
  names: nameMutations,
  "web server": webMutations,
  machine: machineMutations,
};
