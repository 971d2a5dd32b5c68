import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, RequestListener, Server } from "node:http";
import { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sha256 } from "../../../../components/host/digest";
import { pythonBeside } from "./python";

const script = `
import landfall_apply.downloads as downloads
from landfall_apply.report import Failure
downloads.DOWNLOAD_PAUSES = (0.01, 0.01)
try:
    downloads.fetch_download(given["url"], given["digest"], given["path"])
    result = ""
except Failure as failure:
    result = str(failure)
`;

describe("fetching a package that is in no archive", () => {
  const content = "a package";
  let folder: string;
  let server: Server | undefined;
  let asked = 0;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-download-"));
    asked = 0;
  });
  afterEach(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  const fetch = async (answer: RequestListener, digest = sha256(content)): Promise<{ said: string; path: string }> => {
    server = createServer((request, response) => {
      asked++;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.deb`;
    const path = join(folder, "a.deb");
    const said = (await pythonBeside(script, { url, digest, path })) as string;
    return { said: said.replace(url, "URL"), path };
  };

  it("gives what has the digest that it has to have", async () => {
    const { said, path } = await fetch((_, response) => response.end(content));
    assert.equal(said, "");
    assert.equal(readFileSync(path, "utf8"), content);
  });

  it("keeps nothing of what has another digest, and says both", async () => {
    const { said, path } = await fetch((_, response) => response.end("another package"));
    assert.equal(
      said,
      `URL has SHA-256 ${sha256("another package")}, the plan says ${sha256(content)}; it was not installed`,
    );
    assert.equal(existsSync(path), false);
    assert.equal(asked, 1);
  });

  it("begins again when it is cut off or the server has a fault", async () => {
    const { said, path } = await fetch((_, response) => {
      if (asked === 1) response.writeHead(503).end();
      else if (asked === 2) {
        response.writeHead(200, { "content-length": String(content.length) });
        response.write(content.slice(0, 3), () => response.destroy());
      } else response.end(content);
    });
    assert.equal(said, "");
    assert.equal(readFileSync(path, "utf8"), content);
  });

  it("does not ask again for what is not there", async () => {
    const { said } = await fetch((_, response) => response.writeHead(404).end());
    assert.equal(said, "URL cannot be downloaded: HTTP Error 404: Not Found");
    assert.equal(asked, 1);
  });
});
