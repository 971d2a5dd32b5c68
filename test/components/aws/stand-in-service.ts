import { createServer, IncomingHttpHeaders, Server } from "node:http";
import { AddressInfo } from "node:net";

/** A request of a program to a service of AWS. */
export interface ServiceRequest {
  /** Method and path. */
  line: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a service says to it. */
export interface ServiceAnswer {
  status: number;
  type: string;
  body: string;
}

/** A service of AWS on the loopback address, for each test of a group anew. */
export class StandInService {
  private server!: Server;

  /** @param name as the SDK's variables have it, e.g. `SSM` */
  constructor(
    private readonly name: string,
    answer: (request: ServiceRequest) => ServiceAnswer,
  ) {
    beforeEach((done) => {
      this.server = createServer((request, response) => {
        let body = "";
        request.on("data", (data: Buffer) => (body += data.toString()));
        request.on("end", () => {
          const said = answer({ line: `${request.method} ${request.url}`, headers: request.headers, body });
          response.writeHead(said.status, { "content-type": said.type }).end(said.body);
        });
      }).listen(0, "127.0.0.1", done);
    });
    afterEach((done) => void this.server.close(done));
  }

  /** Variables by which a program has an account, and finds the service. */
  account(): NodeJS.ProcessEnv {
    return {
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example secret",
      [`AWS_ENDPOINT_URL_${this.name}`]: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
    };
  }
}
