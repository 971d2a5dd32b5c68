import { join } from "node:path";
import { checkMachineName, checkStackId } from "../machine/names";
import { stackFolder } from "../machine/folders";

/** Where the machine sees its store and its parameters. */
export const guestStore = "/srv/landfall/store";
export const guestParameters = "/srv/landfall/parameters";

const deliveryFolder = (id: string, machine: string): string =>
  join(stackFolder(checkStackId(id)), "delivery", checkMachineName(machine));

/** Folder on this computer that is a machine's store. */
export const storeFolder = (id: string, machine: string): string => join(deliveryFolder(id, machine), "store");

/** Folder on this computer with a machine's parameters; only its owner can read it. */
export const parametersFolder = (id: string, machine: string): string =>
  join(deliveryFolder(id, machine), "parameters");

/** Everything that is delivered to a machine. */
export const deliveredFolder = deliveryFolder;
