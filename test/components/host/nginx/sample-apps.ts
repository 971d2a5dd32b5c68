import { App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { ServeBy } from "../../../../components/app/route/route";

const python = { source: { directory: "app" }, python: { packages: ["uvicorn"] }, process: { command: ["uvicorn"] } };

/** One app for each way of answering, under three domains. */
export const sampleApps: readonly App[] = [
  { ...python, name: "blog", routes: [{ domain: "www.example.com" }] },
  {
    ...python,
    name: "board",
    routes: [{ domain: "www.example.com", path: "/board/", stripPrefix: true, maxBodyMiB: 50 }],
  },
  {
    ...python,
    name: "chat",
    routes: [
      { domain: "chat.localhost", websocket: true },
      { domain: "www.example.com", path: "/chat/", websocket: true, stripPrefix: true },
    ],
  },
  {
    ...python,
    name: "loop",
    listen: { via: ListenVia.Port, port: 9000 },
    routes: [{ domain: "www.example.com", path: "/loop/", readTimeoutSeconds: 20 }],
  },
  {
    ...python,
    name: "own",
    listen: { via: ListenVia.Socket },
    routes: [{ domain: "www.example.com", path: "/pay$/v1(;)/", stripPrefix: true }],
  },
  {
    name: "docs",
    source: { directory: "docs" },
    routes: [
      { domain: "docs.example.com", serve: ServeBy.Files, directory: "public" },
      { domain: "www.example.com", path: "/docs/", stripPrefix: true, serve: ServeBy.Files, directory: "public" },
      { domain: "www.example.com", path: "/media/", serve: ServeBy.Files },
    ],
  },
];
