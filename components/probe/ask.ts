/** What a probe sends. */
export interface ProbeRequest {
  method?: string;
  /** `Host` is what a browser says, unless given here. */
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** What it got. */
export interface ProbeAnswer {
  status: number;
  /** By name in lower case; all values. */
  headers: Partial<Record<string, string[]>>;
  body: string;
}

/** Sends a request to a live site, with the path exactly as written. */
export type Ask = (url: string, request?: ProbeRequest) => Promise<ProbeAnswer>;
