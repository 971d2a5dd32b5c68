import type { Lookup } from "../lookup";
import { required, text, texts } from "../properties";

/** `aws:route53/getZones:getZones`: the ids of all hosted zones. */
export const getZones: Lookup = {
  table: { inputs: {}, outputs: { id: required(text), ids: required(texts) } },
  find: (_args, account, region) => ({ id: region, ids: account.zones.map((zone) => zone.id) }),
};
