/** How much is read: more than any host is described by, and little enough that no input keeps the reader busy. */
export const limits = {
  /** Bytes that decompression may yield, all parts together: a gzip bomb ends here. */
  unpackedBytes: 16 * 1024 * 1024,
  /** Characters of one text, e.g. a host plan. */
  textLength: 32 * 1024 * 1024,
  /** Characters of a YAML text. */
  yamlLength: 1024 * 1024,
  /** Archives, messages and scripts inside one another. */
  nesting: 8,
  /** Problems that are told of one source; the first ones explain the others. */
  problems: 200,
  /** Characters of all files that commands write or copy. */
  writtenLength: 32 * 1024 * 1024,
  /** Characters of a shell variable: each assignment may double it. */
  variableLength: 64 * 1024,
  /** Characters of all scripts together, those that are run again counted again. */
  scriptLength: 8 * 1024 * 1024,
  /** Parts of one user data. */
  parts: 200,
  /** Files that include one another; nginx itself has no limit and would run out of open files. */
  includeDepth: 20,
  /** Blocks in blocks of nginx. */
  blockDepth: 100,
  /** Directives of one configuration of nginx, includes resolved. */
  directives: 200_000,
  /** Simple commands of all scripts together. */
  commands: 50_000,
} as const;
