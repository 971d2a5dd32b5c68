import { join } from "node:path";
import type { App } from "../../components/app/app";
import { uvicorn } from "../../components/app/presets/uvicorn";

/** Where the app of the behaviours about websockets, streams and uploads answers. */
export const flowDomain = "flow.example.com";
const domain = flowDomain;

/** How long the routes of `flowApps` may be silent that say it, in seconds. */
export const shortSeconds = 1;

/** The app that `websocketsBehaviour`, `streamingBehaviour` and `uploadsBehaviour` ask. */
export const flowApps: readonly App[] = [
  uvicorn({
    name: "flow",
    app: "main:app",
    source: { directory: join(__dirname, "../machine/site-apps/flow") },
    pythonPackages: ["python-socketio==5.18.1"],
    routes: [
      { domain },
      { domain, path: "/small/", maxBodyMiB: 1, readTimeoutSeconds: shortSeconds },
      { domain, path: "/stream/", stream: true },
      { domain, path: "/at-once/", bufferRequests: false, bufferAnswers: false, maxBodyMiB: 4096 },
      { domain, path: "/ws/", websocket: true },
      { domain, path: "/socket.io/", websocket: true },
    ],
    health: { path: "health", contains: "flow is well" },
  }),
];

let ids = 0;

/** Tells one exchange with the app from others. */
export const newId = (): string => `id${process.pid}-${ids++}`;
