/** What proves that the app works. Asked through the web server for an app with routes, else on its first public port. */
export interface HealthCheck {
  /** Path below the app's first route, without a leading slash. @default "" */
  path?: string;
  /** Expected status. @default 200 */
  status?: number;
  /**
   * Text that the answer (or the greeting of an app without routes) contains, so that a stranger's page never counts.
   * @default none
   * @example "ok"
   */
  contains?: string;
  /** Longest time from start to the first good answer, in seconds. @default 60 */
  startSeconds?: number;
}
