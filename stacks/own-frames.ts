/**
 * Leaves the frames of libraries out of every error's stack. Pulumi takes a stack for each promise that it makes, and to
 * map its own frames through their source maps costs an `up` half a second; they tell the reader nothing; and Node.js 20
 * takes half a minute to print those of @pulumi/pulumi, whose source maps name paths that its formatting of packages
 * never gets past.
 */
const withSourceMaps = Error.prepareStackTrace;
if (withSourceMaps) {
  Error.prepareStackTrace = (error, frames) =>
    isOfPromise(frames)
      ? String(error)
      : withSourceMaps(
          error,
          frames.filter((frame) => !frame.getFileName()?.includes("/node_modules/")),
        );
}

/** Whether a stack is kept with a promise, where nobody sees it: one for each property of each resource. */
function isOfPromise([first]: NodeJS.CallSite[]): boolean {
  return first?.getFunctionName() === "debuggablePromise";
}
