import { readFileSync } from "node:fs";
import { attempt, run } from "./command";

/** Mount points in the text of `/proc/self/mountinfo`, in the order they were mounted. */
export function mountPoints(mountinfo: string): string[] {
  return mountinfo
    .split("\n")
    .map((line) => line.split(" ")[4])
    .filter((point): point is string => point !== undefined)
    .map((point) => point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))));
}

/** What is mounted at a folder or below it, the last mounted first. */
export function mountsUnder(folder: string): string[] {
  const points = mountPoints(readFileSync("/proc/self/mountinfo", "utf8"));
  return points.filter((point) => point === folder || point.startsWith(`${folder}/`)).reverse();
}

/** Mounts an overlay. The first of `lowers` is on top. */
export async function mountOverlay(
  lowers: readonly string[],
  upper: string,
  work: string,
  target: string,
): Promise<void> {
  const options = `lowerdir=${lowers.join(":")},upperdir=${upper},workdir=${work}`;
  // mount(2) takes one page of options and cuts off the rest without a word.
  if (Buffer.byteLength(options) > 4000) {
    throw new Error(
      `the ${lowers.length} layers of ${target} have paths that are too long for one mount; use fewer layers`,
    );
  }
  await run(["mount", "-t", "overlay", "overlay", "-o", options, target]);
}

/** Unmounts everything at a folder and below it. */
export async function unmountUnder(folder: string): Promise<void> {
  for (const point of mountsUnder(folder)) {
    const outcome = await attempt(["umount", point]);
    if (outcome.code !== 0) await attempt(["umount", "--lazy", point]);
  }
  const left = mountsUnder(folder);
  if (left.length > 0) throw new Error(`${left[0]} cannot be unmounted`);
}

/** Removes a folder and what is mounted in it, never what the mounts show. */
export async function removeTree(folder: string): Promise<void> {
  await unmountUnder(folder);
  await run(["rm", "-rf", "--one-file-system", "--", folder]);
}
