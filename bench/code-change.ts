import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { emptyUp } from "./baseline";
import { besideEmpty } from "./beside-empty";
import { exampleMachine } from "./example-machine";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";
import { ownInstall, ownStart } from "./own-start";

const rounds = 5;

/** `npm run up` after a change to one app's code, against the least that it consists of. */
export async function codeChange(report: (line: string) => void): Promise<Figure[]> {
  return await besideEmpty(async (checkout, empty) => {
    const { machine, environments } = exampleMachine(checkout.folder);
    const environment = environments.get("live");
    if (environment === undefined) throw new Error("the live app has no Python environment");
    const measured = await interleaved(
      rounds,
      {
        "empty pulumi up": () => emptyUp(empty),
        "own install": () => ownInstall(machine, environment),
        "own start": () => ownStart(machine, "live", "/health"),
        "npm run up": () => {
          appendFileSync(join(checkout.folder, "examples/live/main.py"), "\n# changed\n");
          return seconds(() => checkout.npm("up"));
        },
      },
      report,
    );
    const least = measured["empty pulumi up"] + measured["own install"] + measured["own start"];
    return [
      figure("code change, npm run up to healthy", measured["npm run up"], "s", Bound.AtMost, 1.5 * least),
      figure("  to empty up + own install and start", measured["npm run up"] / least, "x", Bound.AtMost, 1.5),
    ];
  });
}
