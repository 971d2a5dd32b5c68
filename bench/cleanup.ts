/** What was made and is still there. */
const pending = new Set<() => unknown>();

let isInterrupted = false;
const never = new Promise<never>(() => undefined);

/** Comes back unless this process was interrupted: then nothing more is begun, while what was made is removed. */
export async function unlessInterrupted(): Promise<void> {
  if (isInterrupted) await never;
}

/** Does `work` and then `cleanUp`, also when the work fails or this process is interrupted. */
export async function cleaningUp<T>(cleanUp: () => unknown, work: () => Promise<T>): Promise<T> {
  pending.add(cleanUp);
  try {
    return await work();
  } finally {
    await unlessInterrupted();
    pending.delete(cleanUp);
    await cleanUp();
  }
}

/** Makes an interrupt remove what is there before this process ends. */
export function cleanUpOnInterrupt(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      if (isInterrupted) return;
      isInterrupted = true;
      const work = [...pending].reverse().map(async (cleanUp) => await cleanUp());
      void Promise.allSettled(work).then(() => process.exit(1));
    });
  }
}
