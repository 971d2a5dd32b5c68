import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";

/** How something is answered. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** What AWS is for one instance, on one port of loopback: metadata by IMDSv2 only, a bucket, parameters. */
export class FakeAws {
  readonly asked: string[] = [];
  /** Answers given before those of `routes`, in turn, by what is asked. */
  readonly first: Record<string, Answer[]> = {};
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const what = `${request.method} ${request.url}`;
      this.asked.push(what);
      const answer = this.first[what]?.shift() ?? this.routes[what];
      if (answer) answer(request, response, body);
      else refuse(404, "<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>")(request, response, body);
    });
  });

  constructor(private readonly routes: Record<string, Answer>) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export const text =
  (content: string): Answer =>
  (_, response) =>
    response.end(content);
export const refuse =
  (status: number, content: string): Answer =>
  (_, response) =>
    response.writeHead(status).end(content);
const onlyWithToken =
  (answer: Answer): Answer =>
  (request, response, body) =>
    request.headers["x-aws-ec2-metadata-token"] === "imds-token"
      ? answer(request, response, body)
      : refuse(401, "no token")(request, response, body);

const credentials = { Code: "Success", AccessKeyId: "AKID", SecretAccessKey: "s3cret-key", Token: "role-token" };
/** What the instance metadata service says to who has a token. */
export const instanceMetadata: Record<string, Answer> = {
  "PUT /latest/api/token": (request, response, body) =>
    request.headers["x-aws-ec2-metadata-token-ttl-seconds"] === undefined
      ? refuse(400, "no lifetime")(request, response, body)
      : text("imds-token")(request, response, body),
  "GET /latest/meta-data/placement/region": onlyWithToken(text("eu-north-1")),
  "GET /latest/meta-data/iam/security-credentials/": onlyWithToken(text("web-role")),
  "GET /latest/meta-data/iam/security-credentials/web-role": onlyWithToken(text(JSON.stringify(credentials))),
};
