import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { BalanceMethod } from "../../../../components/app/balance";
import { webProblems } from "../../../../components/app/validation/web";
import { WebProgram } from "../../../../components/app/web";
import { programProblems } from "../../../../components/host/program-problems";
import { sampleApps } from "../nginx/sample-apps";
import { sampleApp } from "../../app/sample-app";

const apache = { program: WebProgram.Apache };
const paths = (apps: readonly App[]): string[] => programProblems(apps, apache).map(({ path }) => path);

describe("what Apache httpd cannot do", () => {
  it("is nothing of what usual apps need", () => assert.deepEqual(paths(sampleApps), []));

  it("is to tell servers another name than the client's, to count failures, or to give one more than the hundredth part", () => {
    const server = { address: "10.0.0.1", port: 443 };
    const routes = [{ domain: "a.example" }];
    const app = sampleApp({ servers: [{ ...server, weight: 101 }], serversTls: { name: "b.example" }, routes });
    assert.deepEqual(paths([{ ...app, balance: { maxFails: 2 } }]), [
      "apps[0].servers[0].weight",
      "apps[0].balance.maxFails",
      "apps[0].serversTls.name",
    ]);
    const fit = { ...app, servers: [{ ...server, weight: 100 }], serversTls: { name: "a.example" } };
    assert.deepEqual(paths([{ ...fit, balance: { maxFails: 1 } }]), []);
  });

  it("is to limit connections, to let requests wait for one, or to go by clients' addresses", () => {
    const servers = [
      { address: "10.0.0.1", port: 80, maxConnections: 5 },
      { address: "10.0.0.2", port: 80 },
    ];
    const app = sampleApp({ servers, balance: { queueSeconds: 5, method: BalanceMethod.ClientAddress } });
    assert.deepEqual(
      new Set(webProblems(apache, [app]).map(({ path }) => path)),
      new Set(["apps[0].servers[0].maxConnections", "apps[0].balance.method", "apps[0].balance.queueSeconds"]),
    );
  });
});
