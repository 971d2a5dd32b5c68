/**
 * Leaves the frames of libraries out of every error's stack. Pulumi takes a stack for each promise that it makes, and to
 * map its own frames through their source maps costs an `up` half a second; they tell the reader nothing; and Node.js 20
 * takes half a minute to print those of @pulumi/pulumi, whose source maps name paths that its formatting of packages
 * never gets past.
 */
const withSourceMaps = Error.prepareStackTrace;
if (withSourceMaps) {
  Error.prepareStackTrace = (error, frames) => {
    if (isOfPromise(frames)) return String(error);
    if (isOfResource(frames)) return placeOf(error, frames, withSourceMaps);
    return withSourceMaps(
      error,
      frames.filter((frame) => !isOfLibrary(frame)),
    );
  };
}

const isOfLibrary = (frame: NodeJS.CallSite): boolean => frame.getFileName()?.includes("/node_modules/") ?? false;

/** Whether a stack is kept with a promise, where nobody sees it: one for each property of each resource. */
function isOfPromise([first]: NodeJS.CallSite[]): boolean {
  return first?.getFunctionName() === "debuggablePromise";
}

/** Whether a stack is taken to tell the engine where a resource was asked for. */
function isOfResource([first]: NodeJS.CallSite[]): boolean {
  return first?.getFunctionName() === "callsites";
}

/** Frames that Pulumi leaves out: its own, down to the class of the resource (`Resource.stackTrace(4)` of 3.248.0). */
const framesOfPulumi = 5;

/** Lines of the stacks by the frames that they are of: hundreds of resources are asked for in a few places. */
const placed = new Map<string, string[]>();

/** The lines of the stacks that led to a resource. To map those of the components as well would read a source map for each. */
function placeOf(
  error: Error,
  frames: NodeJS.CallSite[],
  withSourceMaps: typeof Error.prepareStackTrace & object,
): string {
  const own = frames.slice(framesOfPulumi).filter((frame) => frame.getFileName()?.startsWith(__dirname));
  const key = own
    .map((frame) => [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()].join(":"))
    .join("\n");
  const lines = placed.get(key) ?? (withSourceMaps(error, own) as string).split("\n").slice(1);
  placed.set(key, lines);
  return [String(error), ...Array<string>(framesOfPulumi).fill("    at Pulumi"), ...lines].join("\n");
}
