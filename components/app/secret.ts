/** A secret of the app. Its value is never part of the plan; the host gets it as a parameter or makes it up. */
export interface Secret {
  /** Name, e.g. `cookie-secret`. The app finds the value in the file `$CREDENTIALS_DIRECTORY/<name>`. */
  name: string;
  /**
   * Environment variable that also carries the value, for apps that cannot read a file.
   * @default none
   * @example "COOKIE_SECRET"
   */
  environment?: string;
  /** The host makes up 32 random bytes (hex) at the first apply when no value is given. @default false */
  generate?: boolean;
}
