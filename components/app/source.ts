/** A git repository at one commit, tag or branch. */
export interface GitSource {
  /** Address that `git fetch` takes, without credentials, e.g. `https://git.example.com/team/blog.git`. */
  url: string;
  /** Commit, tag or branch. A commit is the only one that cannot move. @example "v1.4.2" */
  ref: string;
  /** Folder of the repository that holds the app. @default the repository's root @example "services/blog" */
  directory?: string;
}

/** A package from the Python package index that is the app by itself. */
export interface PackageSource {
  /** Name on the index. @example "gramex" */
  name: string;
  /** Exact version. @example "1.94.5" */
  version: string;
  /** Extras, e.g. `["standard"]`. @default none */
  extras?: string[];
}

/** Where an app's code comes from: exactly one of the three; none of them for an app that runs elsewhere (`servers`). */
export interface Source {
  /**
   * A folder on the machine that runs Pulumi, absolute or from the folder of Pulumi.yaml.
   * @default none
   * @example "apps/api"
   */
  directory?: string;
  /** A git repository, fetched by the host. @default none */
  git?: GitSource;
  /** A package, installed by the host. @default none */
  package?: PackageSource;
  /**
   * Names that are left out of a directory, as glob patterns of one path segment.
   * @default .git, __pycache__, node_modules, .venv and the like
   * @example ["*.log", "drafts"]
   */
  exclude?: string[];
}
