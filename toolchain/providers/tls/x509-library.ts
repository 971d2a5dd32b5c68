/** The library that writes and reads certificates. */
export type X509Library = typeof import("@peculiar/x509");

/** Loads the library when the first certificate is made or read: it takes 0.2 s, and most runs make none. */
export async function x509Library(): Promise<X509Library> {
  // The library's dependency container wants this to be there before it.
  await import("reflect-metadata");
  return import("@peculiar/x509");
}
