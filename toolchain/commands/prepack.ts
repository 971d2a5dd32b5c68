import { buildPackage } from "../package/build";
import type { Command } from "./command";
import { projectRoot } from "./project";
import { duration, progress } from "./terminal/progress";

/** `npm run prepack`, which npm calls itself for `npm pack` and `npm publish`. */
export const prepack: Command = {
  summary: "makes dist/, which is what the npm package holds",
  options: {},
  async run() {
    const report = progress("package");
    const start = Date.now();
    report("compiling ...");
    await buildPackage(projectRoot);
    report(`made dist/ in ${duration(Date.now() - start)}`);
    return 0;
  },
};
