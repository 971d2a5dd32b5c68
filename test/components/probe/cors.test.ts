import assert from "node:assert/strict";
import type { ProbeRequest } from "../../../components/probe/ask";
import { probeCors } from "../../../components/probe/cors";
import { answering } from "./answers";

const url = "https://api.example.com/";
const listed = "https://www.example.com";
const cors = { origins: [listed], credentials: true };

const right = ({ headers = {}, method }: ProbeRequest): Record<string, string> => ({
  Vary: "Accept-Encoding, Origin",
  ...(headers["Origin"] === listed
    ? { "Access-Control-Allow-Origin": listed, "Access-Control-Allow-Credentials": "true" }
    : {}),
  ...(method === "OPTIONS" ? { "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Max-Age": "600" } : {}),
});

describe("probeCors", () => {
  const reasons = async (answer: (request: ProbeRequest) => Record<string, string | string[]>): Promise<string[]> => [
    ...new Set((await probeCors(answering(answer), url, cors)).map(({ reason }) => reason)),
  ];

  it("finds nothing wrong with a site that answers the listed origin alone", async () =>
    assert.deepEqual(await reasons(right), []));

  it("finds a site that reflects whatever origin asks", async () => {
    const found = await reasons((request) => ({
      ...right(request),
      "Access-Control-Allow-Origin": String(request.headers?.["Origin"] ?? ""),
    }));
    assert.ok(found.includes("says access-control-allow-origin: null to null, which is not listed"), found.join("\n"));
    assert.ok(
      found.includes(
        `says access-control-allow-origin: ${listed}.evil.example.net to ${listed}.evil.example.net, which is not listed`,
      ),
    );
  });

  it("finds an answer without Vary, one said by two layers, and a question beforehand that is refused", async () => {
    assert.ok(
      (await reasons((request) => ({ ...right(request), Vary: "Cookie" }))).includes(
        `says no Vary: Origin to ${listed}`,
      ),
    );
    assert.deepEqual(
      await reasons((request) => ({
        ...right(request),
        ...(request.headers?.["Origin"] === listed ? { "Access-Control-Allow-Origin": [listed, listed] } : {}),
      })),
      [
        `says access-control-allow-origin: ${listed} | ${listed} to ${listed}, not ${listed}`,
        `says access-control-allow-origin: ${listed} | ${listed} to ${listed} beforehand, not ${listed}`,
      ],
    );
    const refusing = await probeCors(answering(right, { status: 405 }), url, cors);
    assert.deepEqual(
      refusing.map(({ reason }) => reason),
      [`answers 405 to ${listed} beforehand`],
    );
  });
});
