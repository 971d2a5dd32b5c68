import { join } from "node:path";
import { bareProgram } from "./bare-program";
import { cleaningUp } from "./cleanup";
import { checkout, devProgram, devProject, ownFrames } from "./dev-project";
import { Bound, figure, Figure, interleaved } from "./figure";

const rounds = 5;

/** A preview of stack `dev` beside a program that only registers the same resources, and of few and many sites. */
export async function preview(report: (line: string) => void): Promise<Figure[]> {
  const dev = await devProject(devProgram);
  const made = [dev];
  const remove = (): Promise<void> => Promise.resolve(made.forEach((one) => one.remove()));
  return await cleaningUp(remove, async () => {
    const bare = await devProject(bareProgram(await dev.pulumi("preview", "--json", "--show-sames")));
    const few = await devProject(sites(10));
    const many = await devProject(sites(100));
    made.push(bare, few, many);
    const measured = await interleaved(
      rounds,
      { dev: () => dev.time("preview"), bare: () => bare.time("preview") },
      report,
    );
    // A preview of 100 sites takes more than half a minute, so there is one of each.
    const growing = await interleaved(
      1,
      { "10 sites": () => few.time("preview"), "100 sites": () => many.time("preview") },
      report,
    );
    return [
      figure(
        "preview of dev, to a bare program with its resources",
        measured.dev / measured.bare,
        "x",
        Bound.AtMost,
        1.1,
      ),
      figure(
        "preview of 100 sites, per site, to 10",
        growing["100 sites"] / growing["10 sites"] / 10,
        "x",
        Bound.AtMost,
        1,
      ),
    ];
  });
}

function sites(count: number): string {
  return `${ownFrames}
import { Site } from ${JSON.stringify(join(checkout, "components/aws/site"))};
import { uvicorn } from ${JSON.stringify(join(checkout, "components/app/presets/uvicorn"))};

for (let index = 0; index < ${count}; index++) {
  new Site(\`site\${index}\`, {
    apps: [
      uvicorn({
        name: "api",
        source: { directory: ${JSON.stringify(join(checkout, "examples/live"))} },
        app: "main:app",
        routes: [{ domain: \`api\${index}.dev.example.com\` }],
      }),
    ],
  });
}
`;
}
