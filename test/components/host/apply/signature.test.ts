import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";

import { python } from "./python";

interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string;
  who: { key_id: string; secret: string; token: string | null };
  region: string;
  service: string;
  now: string;
}

const script = `
from landfall_apply.signature import Credentials, sign
result = [
    sign(r["method"], r["url"], r["headers"], r["payload"].encode(), Credentials(**r["who"]), r["region"], r["service"], r["now"])
    for r in given
]
`;
const sign = (requests: readonly Request[]): Record<string, string>[] =>
  python(script, requests) as Record<string, string>[];
const authorization = (request: Request): string => sign([request])[0]?.authorization ?? "";

describe("requests to AWS are signed", () => {
  // General Reference, "Signing AWS requests": the worked example of IAM's ListUsers.
  const listUsers: Request = {
    method: "GET",
    url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
    headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
    payload: "",
    who: { key_id: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token: null },
    region: "us-east-1",
    service: "iam",
    now: "20150830T123600Z",
  };

  it("as in AWS's example of a query", () => {
    assert.equal(
      authorization(listUsers),
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, " +
        "SignedHeaders=content-type;host;x-amz-date, " +
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
  });

  // S3 API reference, "Signature calculations for the authorization header": its examples of GET requests.
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const s3Example = (url: string, headers: Record<string, string> = {}): Request => ({
    method: "GET",
    url: `https://examplebucket.s3.amazonaws.com${url}`,
    headers: { "x-amz-content-sha256": empty, ...headers },
    payload: "",
    who: { key_id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token: null },
    region: "us-east-1",
    service: "s3",
    now: "20130524T000000Z",
  });
  for (const [what, request, signature] of [
    [
      "an object of S3",
      s3Example("/test.txt", { Range: "bytes=0-9" }),
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ],
    [
      "a parameter without value",
      s3Example("/?lifecycle"),
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    ],
    [
      "several parameters",
      s3Example("/?max-keys=2&prefix=J"),
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ],
  ] as const) {
    it(`as in AWS's example of ${what}`, () => {
      assert.equal(authorization(request).split("Signature=")[1], signature);
    });
  }

  it("with the token of temporary credentials among the signed headers", () => {
    const [headers] = sign([{ ...listUsers, who: { ...listUsers.who, token: "session" } }]);
    assert.equal(headers?.["x-amz-security-token"], "session");
    assert.match(headers?.authorization ?? "", /SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,/);
  });

  it("as the algorithm says, whatever parameters, headers and payload hold", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/).map((text) => `x-test-${text}`);
    const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    const request = fc.record({
      headers: fc.dictionary(name, value, { maxKeys: 4 }),
      parameters: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 4 }),
      payload: fc.string({ unit: "grapheme", maxLength: 40 }),
    });
    const samples = fc.sample(request, { numRuns: 200, seed: 4 });
    const encode = (text: string): string =>
      encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
    const signed = sign(
      samples.map(({ headers, parameters, payload }) => {
        const query = Object.entries(parameters).map((pair) => pair.map(encode).join("="));
        return { ...listUsers, method: "POST", url: `https://host.example/path?${query.join("&")}`, headers, payload };
      }),
    );
    // A second writing of the algorithm, from AWS's description of its four steps.
    const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
    samples.forEach(({ headers, parameters, payload }, index) => {
      const all = { ...headers, host: "host.example", "x-amz-date": listUsers.now };
      const names = Object.keys(all).sort();
      const query = Object.entries(parameters).map((pair) => pair.map(encode).join("="));
      const squeezed = (text: string): string => text.trim().replace(/ +/g, " ");
      const canonical = [
        "POST",
        "/path",
        query.sort((a, b) => (a.replace("=", "\0") < b.replace("=", "\0") ? -1 : 1)).join("&"),
        ...names.map((one) => `${one}:${squeezed((all as Record<string, string>)[one] ?? "")}`),
        "",
        names.join(";"),
        hash(payload),
      ].join("\n");
      const scope = "20150830/us-east-1/iam/aws4_request";
      const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${listUsers.who.secret}`);
      const expected = hmac(key, `AWS4-HMAC-SHA256\n${listUsers.now}\n${scope}\n${hash(canonical)}`).toString("hex");
      assert.equal(signed[index]?.authorization?.split("Signature=")[1], expected, canonical);
    });
  });
});
