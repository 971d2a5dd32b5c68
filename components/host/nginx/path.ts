/** The path of a URL as nginx compares it: percent signs resolved. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Error(
      `path ${JSON.stringify(path)} is not a path of a URL: what follows a % has to be the code of a character`,
    );
  }
}
