import { bareBoot, emptyUp } from "./baseline";
import { besideEmpty } from "./beside-empty";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";
import { ownStart } from "./own-start";
import { exampleMachine } from "./example-machine";

const rounds = 5;

/** `npm run up` from nothing running to all healthy, against the least that it consists of. */
export async function warmUp(report: (line: string) => void): Promise<Figure[]> {
  return await besideEmpty(async (checkout, empty) => {
    const { machine } = exampleMachine(checkout.folder);
    const starts = await interleaved(
      3,
      {
        "start of journal": () => ownStart(machine, "journal", "/"),
        "start of dashboard": () => ownStart(machine, "dashboard", "/health"),
        "start of live": () => ownStart(machine, "live", "/health"),
      },
      report,
    );
    await checkout.npm("down");

    const measured = await interleaved(
      rounds,
      {
        "empty pulumi up": () => emptyUp(empty),
        "bare boot": () => bareBoot(12),
        "npm run up": async () => {
          const value = await seconds(() => checkout.npm("up"));
          await checkout.npm("down");
          return value;
        },
      },
      report,
    );
    const least = measured["empty pulumi up"] + measured["bare boot"] + Math.max(...Object.values(starts));
    return [
      figure("warm npm run up, nothing running to all healthy", measured["npm run up"], "s", Bound.AtMost, 2 * least),
      figure("  to empty up + bare boot + slowest app's start", measured["npm run up"] / least, "x", Bound.AtMost, 2),
    ];
  });
}
