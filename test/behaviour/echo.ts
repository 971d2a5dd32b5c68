import { join } from "node:path";
import type { App } from "../../components/app/app";
import { command, CommandArgs } from "../../components/app/presets/command";
import type { Route } from "../../components/app/route/route";

/** An app that answers with what it saw of a request, and with its own name. */
export const echoApp = (name: string, routes: Route[], more: Partial<CommandArgs> = {}): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name],
    routes,
    health: { contains: `"app": "${name}"` },
    ...more,
  });
