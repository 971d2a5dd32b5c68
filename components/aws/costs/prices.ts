/** Where a figure was seen. */
export const PriceSource = {
  /** In a copy of AWS's price pages or a report of them that somebody published; docs/costs.md names each. */
  Published: "published",
  /** Remembered from AWS's price pages, and not looked up again. */
  Remembered: "remembered",
} as const;
export type PriceSource = (typeof PriceSource)[keyof typeof PriceSource];

/** List prices of a region, in US dollars without taxes and discounts. */
export interface RegionPrices {
  /** An hour of an instance of EC2 with Linux, on demand, by type. */
  instanceHour: Readonly<Record<string, number>>;
  /** A GiB of gp3 for a month. */
  volumeGiB: number;
  /** An hour of a public IPv4 address. */
  addressHour: number;
  /** An hour of an Application Load Balancer, without its capacity units. */
  balancerHour: number;
  /** An hour of a NAT gateway, without its data. */
  natHour: number;
  /** An hour of an interface endpoint in one zone, without its data. */
  endpointHour: number;
  /** A month of an alarm on one metric. */
  alarm: number;
  /** A month of a key of KMS. */
  key: number;
}

/** The month that the table was put together. */
export const pricesDate = "2026-11";

/** Where each figure of the first region is from. Of other regions all are remembered, but T3 and T3a in eu-central-1. */
export const priceSources: Readonly<Record<keyof RegionPrices, PriceSource>> = {
  instanceHour: PriceSource.Remembered,
  volumeGiB: PriceSource.Remembered,
  addressHour: PriceSource.Published,
  balancerHour: PriceSource.Published,
  natHour: PriceSource.Published,
  endpointHour: PriceSource.Published,
  alarm: PriceSource.Remembered,
  key: PriceSource.Published,
};

/** Sizes of the T families, each twice the one before. */
const sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"];

/** Prices of a T family by the price of its smallest size: AWS doubles it from size to size. */
function family(name: string, nano: number): Record<string, number> {
  return Object.fromEntries(sizes.map((size, step) => [`${name}.${size}`, Number((nano * 2 ** step).toFixed(4))]));
}

/** By region. Others are estimated by the first. */
export const prices: Readonly<Record<string, RegionPrices>> = {
  "us-east-1": {
    instanceHour: {
      ...{ ...family("t3", 0.0052), ...family("t3a", 0.0047), ...family("t4g", 0.0042) },
      ...{ "m7i.large": 0.1008, "m7g.large": 0.0816, "c7i.large": 0.08925, "c7g.large": 0.0725 },
    },
    volumeGiB: 0.08,
    addressHour: 0.005,
    balancerHour: 0.0225,
    natHour: 0.045,
    endpointHour: 0.01,
    alarm: 0.1,
    key: 1,
  },
  "eu-central-1": {
    instanceHour: { ...family("t3", 0.006), ...family("t3a", 0.0054), ...family("t4g", 0.0048) },
    volumeGiB: 0.0952,
    addressHour: 0.005,
    balancerHour: 0.027,
    natHour: 0.052,
    endpointHour: 0.012,
    alarm: 0.1,
    key: 1,
  },
};

/** The region whose prices stand in for those of others. */
export const standInRegion = "us-east-1";
