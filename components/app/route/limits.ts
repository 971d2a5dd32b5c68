/**
 * How much one client may ask of a route. Clients are told apart by their own address, whatever stands in front of the web
 * server; what asks from the host itself, such as the health check, is not counted. What is too much is answered 429.
 */
export interface Limits {
  /** Requests a second, 1 to 100,000. @default no limit @example 20 */
  requestsPerSecond?: number;
  /** Requests a minute, 1 to 100,000, for what is to be rare, such as a login. @default no limit @example 10 */
  requestsPerMinute?: number;
  /** Requests that may come at once before the rate counts, up to 100,000. @default as many as the rate's number @example 40 */
  burst?: number;
  /** Requests that are answered at the same time, websockets among them, 1 to 100,000. @default no limit @example 10 */
  connections?: number;
}
