/** Where the folder of a route's files is. */
export const FilesFrom = {
  /** In the app's release. A new release brings new files. */
  Release: "release",
  /** In the app's data folder, such as uploads: the app writes them, the web server only reads them. */
  Data: "data",
  /**
   * Somewhere else on the host, by an absolute path. The folder is the client's own: it is neither made nor changed here, and
   * everybody on the host has to be able to read it.
   */
  Host: "host",
} as const;
export type FilesFrom = (typeof FilesFrom)[keyof typeof FilesFrom];

/** How a route's files are found. */
export interface Files {
  /** Where `directory` is. @default Release @example FilesFrom.Data */
  from?: FilesFrom;
  /**
   * Names of the file that answers for a folder; the first that is there does.
   * @default ["index.html"]
   * @example ["index.html", "index.htm"]
   */
  index?: string[];
  /**
   * Send `style.css.gz`, where it is beside `style.css`, to browsers that take it, in place of compressing at each request. Both
   * have to be there.
   * @default false
   */
  precompressed?: boolean;
}
