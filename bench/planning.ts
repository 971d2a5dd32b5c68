import { App } from "../components/app/app";
import { canonicalJson, sha256 } from "../components/host/digest";
import { directHops } from "../components/host/hops";
import { planHost } from "../components/host/plan-host";
import { validateApps } from "../components/app/validate";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";

/** Planning and rendering many apps: from descriptions to the plan's digest. */
export async function planning(report: (line: string) => void): Promise<Figure[]> {
  const [small, large] = [description(1000), description(10_000)];
  const measured = await interleaved(
    7,
    { "1,000 apps": () => seconds(() => plan(small)), "10,000 apps": () => seconds(() => plan(large)) },
    report,
  );
  return [
    figure("planning and rendering 1,000 apps", measured["1,000 apps"], "s", Bound.AtMost, 0.3),
    figure(
      "10,000 apps, per app, to 1,000",
      measured["10,000 apps"] / measured["1,000 apps"] / 10,
      "x",
      Bound.AtMost,
      1.3,
    ),
  ];
}

interface Description {
  apps: App[];
  code: Record<string, { digest: string; requirements: string }>;
}

function description(count: number): Description {
  const apps = Array.from({ length: count }, (_, index): App => ({
    name: `app-${index}`,
    source: { directory: "app" },
    python: { requirements: "requirements.txt" },
    process: { command: ["uvicorn", "main:app", "--fd", "3"] },
    routes: [{ domain: `app-${index}.example.com`, websocket: index % 2 === 0 }],
    environment: { GREETING: "good morning" },
  }));
  return {
    apps,
    code: Object.fromEntries(apps.map((app) => [app.name, { digest: sha256(app.name), requirements: "" }])),
  };
}

function plan({ apps, code }: Description): string {
  const problems = validateApps(apps);
  if (problems.length) throw new Error(`the benchmark's apps have problems: ${problems[0]?.reason}`);
  return sha256(canonicalJson(planHost({ apps, code, debian: 12, hops: directHops })));
}
