import { SiteShape } from "../components/aws/site-args";
import { bareProgram } from "./bare-program";
import type { BenchProject } from "./bench-project";
import { cleaningUp } from "./cleanup";
import { devProgram, devProject } from "./dev-project";
import { Bound, figure, Figure, interleaved } from "./figure";

const rounds = 7;

/** Previews of stack `dev` in each shape of a site, beside programs that only register the same resources. */
export async function shapes(report: (line: string) => void): Promise<Figure[]> {
  const made: BenchProject[] = [];
  const remove = (): Promise<void> => Promise.resolve(made.forEach((one) => one.remove()));
  return await cleaningUp(remove, async () => {
    const trials: Record<string, () => Promise<number>> = {};
    for (const shape of Object.values(SiteShape)) {
      const config = { "landfall:shape": shape };
      const own = await devProject(devProgram, config);
      made.push(own);
      const bare = await devProject(bareProgram(await own.pulumi("preview", "--json", "--show-sames")), config);
      made.push(bare);
      trials[shape] = () => own.time("preview");
      trials[bareOf(shape)] = () => bare.time("preview");
    }
    const measured = await interleaved(rounds, trials, report);
    return Object.values(SiteShape).map((shape) =>
      figure(
        `preview of the shape ${shape}, to a bare program with its resources`,
        measured[shape]! / measured[bareOf(shape)]!,
        "x",
        Bound.AtMost,
        1.1,
      ),
    );
  });
}

const bareOf = (shape: SiteShape): string => `bare ${shape}`;
