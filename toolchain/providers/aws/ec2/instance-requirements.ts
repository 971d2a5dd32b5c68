import type { PropertyTable } from "../../table";
import { flag, integer, number, object, text, texts } from "../properties";

const range = object({ max: integer, min: integer });
const amounts = object({ max: number, min: number });

/** What machines have to be like, in place of a type by its name. */
export const instanceRequirements: PropertyTable = {
  acceleratorCount: range,
  acceleratorManufacturers: texts,
  acceleratorNames: texts,
  acceleratorTotalMemoryMib: range,
  acceleratorTypes: texts,
  allowedInstanceTypes: texts,
  bareMetal: text,
  baselineEbsBandwidthMbps: range,
  burstablePerformance: text,
  cpuManufacturers: texts,
  excludedInstanceTypes: texts,
  instanceGenerations: texts,
  localStorage: text,
  localStorageTypes: texts,
  maxSpotPriceAsPercentageOfOptimalOnDemandPrice: integer,
  memoryGibPerVcpu: amounts,
  memoryMib: range,
  networkBandwidthGbps: amounts,
  networkInterfaceCount: range,
  onDemandMaxPricePercentageOverLowestPrice: integer,
  requireHibernateSupport: flag,
  spotMaxPricePercentageOverLowestPrice: integer,
  totalLocalStorageGb: amounts,
  vcpuCount: range,
};
