import { domainFault } from "../components/app/domain";
import { suggestion } from "../components/app/nearest";
import { Fault, Problem } from "../components/app/problem";
import { isWhole } from "../components/app/validation/text";
import { instanceTypeFault } from "../components/aws/instance-type";
import { SiteShape } from "../components/aws/site-args";

/** What a stack in AWS is told by its configuration file. */
export interface AwsConfig {
  /** The domain that journal and dashboard share; the live app answers at `live.<domain>`. */
  domain: string;
  /** Host name or address of the mail server. @default `smtp.<domain>` */
  mailHost: string;
  shape: SiteShape;
  /** Least and greatest number of machines of a fleet, and the use of the processors to aim for, in percent. */
  fleet: { minimum: number; maximum: number; cpuPercent: number };
  /** Where Let's Encrypt writes to. */
  email?: string;
  /** Who is told of alarms. */
  notify?: string;
  /** Name of the hosted zone. */
  zone?: string;
  /** Somebody else creates the records of the output `requests`. */
  manual: boolean;
  instanceType?: string;
  /** Debian release. */
  debian: number;
  /** Tags beside those of the site. */
  tags: Record<string, string>;
}

/** The namespace of our keys: Pulumi takes the name of the project. */
const namespace = "landfall";

/** Keys that a stack in AWS reads. */
export const awsKeys: readonly string[] = [
  ...["cpuPercent", "debian", "domain", "email", "instanceType", "mailHost", "manual", "maximum", "minimum"],
  ...["notify", "shape", "tags", "zone"],
];

/** Keys of the stack `local`, which Pulumi.yaml gives to every stack. */
export const localKeys: readonly string[] = ["debian", "domain", "httpPort", "httpsPort"];

/** Keys that somebody could expect, and why there are none. */
const decided: Readonly<Record<string, Fault>> = {
  protection: {
    reason: "is decided by the stack: prod is protected, dev is not",
    fix: "leave it out; to delete prod, change stacks/prod.ts first",
  },
  region: { reason: "is a setting of the provider", fix: "set aws:region" },
};

/** What was said, and what is wrong with it. */
class Settings {
  readonly problems: Problem[] = [];

  constructor(private readonly said: Readonly<Record<string, string>>) {}

  /** What is said by a key; an empty text says nothing. */
  text(key: string): string | undefined {
    const value = this.said[`${namespace}:${key}`];
    return value === undefined || value === "" ? undefined : value;
  }

  checked(key: string, faultOf: (value: string) => Fault | undefined): string | undefined {
    const value = this.text(key);
    const fault = value === undefined ? undefined : faultOf(value);
    if (fault) this.refuse(key, value, fault);
    return value;
  }

  whole(key: string, usual: number, from: number, to: number): number {
    const value = this.text(key) ?? String(usual);
    const fault = { reason: `is no whole number from ${from} to ${to}`, fix: `write ${usual}` };
    if (!/^\d+$/.test(value) || !isWhole(Number(value), from, to)) this.refuse(key, value, fault);
    return Number(value);
  }

  choice<Value extends string>(key: string, usual: Value, values: readonly Value[]): Value {
    const value = this.text(key) ?? usual;
    const meant = values.find((one) => one === value);
    if (meant === undefined)
      this.refuse(key, value, { reason: "is not one of the choices", fix: suggestion(value, values) });
    return meant ?? usual;
  }

  /** Texts under names of one's choice. */
  texts(key: string): Record<string, string> {
    const value = this.text(key);
    if (value === undefined) return {};
    const fault = { reason: "is no object of texts", fix: `pulumi config set --path '${namespace}:${key}.team' web` };
    try {
      const read: unknown = JSON.parse(value);
      if (typeof read === "object" && read !== null && !Array.isArray(read)) {
        const entries = Object.entries(read);
        if (entries.every(([, one]) => typeof one === "string"))
          return Object.fromEntries(entries) as Record<string, string>;
      }
    } catch {
      // said below
    }
    this.refuse(key, value, fault);
    return {};
  }

  refuse(key: string, value: unknown, fault: Fault): void {
    this.problems.push({ path: `${namespace}:${key}`, value, ...fault });
  }

  /** Refuses what nobody reads: a setting that is misspelt would be passed over in silence. Values could be secrets. */
  refuseUnknown(known: readonly string[]): void {
    for (const full of Object.keys(this.said)) {
      const [space, ...rest] = full.split(":");
      const key = rest.join(":");
      if (space !== namespace || known.includes(key)) continue;
      const unknown = { reason: "is no setting of this stack", fix: suggestion(key, awsKeys) };
      this.refuse(key, undefined, Object.hasOwn(decided, key) ? decided[key]! : unknown);
    }
  }
}

/** The release that all examples can run on. */
const usualDebian = 12;

/** Machines of a fleet where nothing is said. */
const usualFleet = { minimum: 2, maximum: 4, cpuPercent: 60 };

/**
 * Reads the configuration of a stack in AWS, and all that is wrong with it. What `Site` checks is left to it.
 *
 * @param said every setting by its full name, e.g. `landfall:domain`
 */
export function readAwsConfig(said: Readonly<Record<string, string>>): { config: AwsConfig; problems: Problem[] } {
  const settings = new Settings(said);
  settings.refuseUnknown([...awsKeys, ...localKeys]);
  const domain = settings.text("domain") ?? "";
  const fault = publicDomainFault(domain);
  if (fault) settings.refuse("domain", domain, fault);
  const fleet = {
    minimum: settings.whole("minimum", usualFleet.minimum, 1, 500),
    maximum: settings.whole("maximum", usualFleet.maximum, 1, 500),
    cpuPercent: settings.whole("cpuPercent", usualFleet.cpuPercent, 1, 100),
  };
  if (fleet.minimum > fleet.maximum)
    settings.refuse("maximum", fleet.maximum, { reason: `is below the minimum of ${fleet.minimum}`, fix: "raise it" });
  const config: AwsConfig = {
    domain,
    mailHost: settings.text("mailHost") ?? `smtp.${domain}`,
    shape: settings.choice("shape", SiteShape.Server, Object.values(SiteShape)),
    fleet,
    email: settings.checked("email", addressFault),
    notify: settings.checked("notify", addressFault),
    zone: settings.checked("zone", domainFault),
    manual: settings.choice("manual", "false", ["true", "false"]) === "true",
    instanceType: settings.checked("instanceType", instanceTypeFault),
    debian: settings.whole("debian", usualDebian, 12, 13),
    tags: settings.texts("tags"),
  };
  return { config, problems: settings.problems };
}

function publicDomainFault(domain: string): Fault | undefined {
  const fault = domainFault(domain);
  if (fault) return fault;
  if (domain !== "localhost" && !domain.endsWith(".localhost")) return undefined;
  return { reason: "is a name of one computer only", fix: "set one that lies in a hosted zone of yours" };
}

function addressFault(address: string): Fault | undefined {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return undefined;
  return { reason: "is no e-mail address", fix: 'write it like "ops@example.com"' };
}
