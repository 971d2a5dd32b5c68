/** Asks until the answer is right, for what takes a moment to come back. Returns the seconds it took. */
export async function eventually(check: () => Promise<void>, seconds = 20): Promise<number> {
  const began = performance.now();
  for (;;) {
    try {
      await check();
      return (performance.now() - began) / 1000;
    } catch (error) {
      if (performance.now() - began > seconds * 1000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
