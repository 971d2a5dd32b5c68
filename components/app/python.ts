/** The Python environment of an app: one virtual environment, shared by releases that ask for the same. */
export interface Python {
  /** Requirements file inside the source, installed into the environment. @default none @example "requirements.txt" */
  requirements?: string;
  /** Requirements by themselves, e.g. `["gunicorn==27.0.1"]`. @default none */
  packages?: string[];
  /** Debian packages needed only while installing, e.g. `["gcc", "python3-dev"]`. @default none */
  buildPackages?: string[];
}
