/** A weakening of the sandbox, with its reason. */
export interface Relaxation {
  /** Directive of systemd.exec(5), e.g. `MemoryDenyWriteExecute`. */
  directive: string;
  /** Its value in the unit, e.g. `no`. */
  value: string;
  /** Why this app needs it; written into the unit as a comment. @example "numba compiles while it runs" */
  reason: string;
}
