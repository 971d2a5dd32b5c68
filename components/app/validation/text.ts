import { Report } from "./report";

/** Why a text cannot be written into units, web-server text and JSON alike, or undefined when it can. */
export function unwritable(value: string): string | undefined {
  if (value.includes("\0")) return "contains a NUL character";
  if (/[\n\r]/.test(value)) return "contains a line break";
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(value)) return "contains a control character";
  if (/\p{Surrogate}/u.test(value)) return "contains half of a surrogate pair, which UTF-8 cannot carry";
  return undefined;
}

/** Reports a text that is empty or cannot be written. Returns whether it is fine. */
export function checkText(value: string, report: Report): boolean {
  const reason = value === "" ? "is empty" : unwritable(value);
  if (reason !== undefined) report.refuse(value, reason, "give one line of text");
  return reason === undefined;
}

/** Reports a path that is not a plain relative one, such as could lead out of the folder it is looked up in. */
export function checkRelativePath(value: string, lookedUpIn: string, report: Report): boolean {
  if (!checkText(value, report)) return false;
  const reason = value.startsWith("/")
    ? "is an absolute path"
    : value.split("/").includes("..")
      ? "leads out of its folder"
      : value.includes("\\")
        ? "contains a backslash"
        : value !== "." && value.split("/").some((segment) => segment === "." || segment === "")
          ? 'has empty or "." segments'
          : undefined;
  if (reason !== undefined)
    report.refuse(value, reason, `give a path below ${lookedUpIn}, without "..", "." or a last slash`);
  return reason === undefined;
}

/** Whether a number is a whole one within bounds. */
export function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}

/** Reports a number, where one is given, that is not a whole one within bounds. The property's name says its unit. */
export function checkRange(value: number | undefined, [from, to]: readonly [number, number], report: Report): void {
  if (value === undefined || isWhole(value, from, to)) return;
  const range = to === Infinity ? `from ${from}` : `from ${from} to ${to}`;
  report.refuse(value, "is out of range", `use whole numbers ${range}`);
}

/** Reports a number that is not a whole one within bounds. */
export function checkWhole(value: number, from: number, to: number, unit: string, report: Report): boolean {
  const fine = isWhole(value, from, to);
  if (!fine) report.refuse(value, "is out of range", `give a whole number of ${unit} from ${from} to ${to}`);
  return fine;
}

/** Reports the second of two equal entries of a list. */
export function checkDistinct(values: readonly string[], report: Report): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) report.in(index).refuse(value, "is there twice", "leave one out");
    seen.add(value);
  });
}
