import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bareProgram } from "./bare-program";
import { BenchProject } from "./bench-project";
import { cleaningUp } from "./cleanup";
import { Bound, figure, Figure, interleaved } from "./figure";

const checkout = resolve(__dirname, "..");
const stacks = join(checkout, "stacks");
const simulated = { LANDFALL_SIMULATE: "1", PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
const rounds = 5;

/** A preview of stack `dev` beside a program that only registers the same resources, and of few and many sites. */
export async function preview(report: (line: string) => void): Promise<Figure[]> {
  const dev = await project(
    `import ${JSON.stringify(join(stacks, "own-frames"))};\nimport { dev } from ${JSON.stringify(join(stacks, "dev"))};\nexport = dev();\n`,
  );
  const made = [dev];
  const remove = (): Promise<void> => Promise.resolve(made.forEach((one) => one.remove()));
  return await cleaningUp(remove, async () => {
    const bare = await project(bareProgram(await dev.pulumi("preview", "--json", "--show-sames")));
    const few = await project(sites(10));
    const many = await project(sites(100));
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

/** A project with the configuration of stack `dev`. */
async function project(program: string): Promise<BenchProject> {
  const made = new BenchProject(program, simulated);
  const text = readFileSync(join(stacks, "Pulumi.dev.yaml"), "utf8");
  const settings = [...text.matchAll(/^ {2}(\w+):(\w+): (.*)$/gm)].map(([, space, name, value]) => {
    // A setting of the project goes by the project's own name.
    return [space === "landfall" ? `bench:${name}` : `${space}:${name}`, value ?? ""] as const;
  });
  await made.create(Object.fromEntries(settings));
  return made;
}

function sites(count: number): string {
  return `import ${JSON.stringify(join(stacks, "own-frames"))};
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
