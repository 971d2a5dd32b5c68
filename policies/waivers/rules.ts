import { Level, Severity } from "../finding";

/** The item of the report that is about the waivers themselves. */
export const waiverItem = {
  id: "waivers",
  section: "Waivers",
  title: "Waivers are in force and in use",
  attested: false,
} as const;

/** What the waivers themselves are held to. */
export const waiverRules = {
  expired: {
    id: "waiver-expired",
    item: waiverItem.id,
    title: "No waiver has expired",
    help: "A waiver holds until its last day. What it was about counts again from then on.",
    severity: Severity.Medium,
    level: Level.Mandatory,
  },
  unused: {
    id: "waiver-unused",
    item: waiverItem.id,
    title: "Every waiver is needed",
    help: "A waiver that no finding needs would hide the finding when it comes back, and tells readers what is not so.",
    severity: Severity.Medium,
    level: Level.Mandatory,
  },
} as const;
