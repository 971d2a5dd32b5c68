/** Run by lock.test.ts as a process of its own: holds a lock for a while. */
import * as fs from "node:fs";

import { withLock } from "../../../toolchain/engine/lock";

const [file = "", log = "", milliseconds = ""] = process.argv.slice(2);

void withLock(file, async () => {
  fs.appendFileSync(log, "begin\n");
  process.stdout.write("holding\n");
  await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
  fs.appendFileSync(log, "end\n");
});
