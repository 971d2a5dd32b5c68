import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../components/app/app";
import { uvicorn } from "../components/app/presets/uvicorn";

const program = `async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})
`;

/** An ASGI app that does next to nothing, with its code in a folder: what is measured is what stands before it. */
export function echoApp(folder: string, domain: string): App {
  writeFileSync(join(folder, "main.py"), program);
  writeFileSync(join(folder, "requirements.txt"), "uvicorn[standard]==0.54.0\n");
  return uvicorn({
    name: "echo",
    app: "main:app",
    source: { directory: folder },
    requirements: "requirements.txt",
    routes: [{ domain }],
    health: { contains: "hello" },
  });
}
