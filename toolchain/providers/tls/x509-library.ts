/** The x509 library, loaded when the first certificate is made or read: it takes 0.2 s, and most runs make none. */
export function x509Library(): typeof import("@peculiar/x509") {
  // The library's dependency container wants this to be there before it.
  require("reflect-metadata");
  return require("@peculiar/x509") as typeof import("@peculiar/x509");
}
