import { App } from "../../../components/app/app";

/** A correct app that answers at a domain of its own; tests change what they are about. */
export function sampleApp(changes: Partial<App> = {}): App {
  const name = changes.name ?? "sample";
  const word = name.toLowerCase().replace(/[^a-z0-9]/g, "") || "sample";
  return {
    name,
    source: { directory: `apps/${word}` },
    process: { command: ["serve"] },
    routes: [{ domain: `${word}.example.com` }],
    ...changes,
  };
}
