/** Something that is wrong with a live site. */
export interface Finding {
  /** The address that was asked. */
  url: string;
  /** What is wrong there. */
  reason: string;
  /** What to do about it. */
  fix: string;
}
