import assert from "node:assert/strict";
import { ListenVia } from "../../../components/app/listen";
import { siteContract } from "../../../components/aws/contract";
import { readContract } from "../../../policies/read-contract";
import { gitApp } from "./sample-place";

const apps = [
  gitApp({ process: undefined }),
  gitApp({
    name: "api",
    process: { command: ["/usr/bin/api"] },
    listen: { via: ListenVia.Port, port: 8000 },
    routes: [{ domain: "api.example.com" }],
    reach: [{ port: "submission", peer: "smtp.example.com" }],
  }),
  gitApp({ name: "mail", process: { command: ["/usr/bin/mail"] }, routes: [], listen: { publicPorts: [25] } }),
];

describe("siteContract", () => {
  it("says what the deployment is to keep", () => {
    assert.deepEqual(siteContract(apps), {
      domains: ["api.example.com", "docs.example.com"],
      routes: [
        { domain: "docs.example.com", path: "/" },
        { domain: "api.example.com", path: "/", service: "app-api.service" },
      ],
      publicPorts: ["80", "443", "25"],
      appPorts: [8000],
      outbound: [{ port: "https" }, { port: "http" }, { port: "submission", peer: "smtp.example.com" }],
      services: ["app-api.service", "app-mail.service"],
      directories: {
        "app-api.service": "/opt/landfall/apps/api/current/code",
        "app-mail.service": "/opt/landfall/apps/mail/current/code",
      },
    });
  });

  it("names the servers of an app that runs elsewhere", () => {
    const elsewhere = gitApp({ name: "shop", source: {}, process: undefined });
    const { outbound } = siteContract([{ ...elsewhere, servers: [{ address: "10.0.1.12", port: 8080 }] }]);
    assert.deepEqual(outbound.at(-1), { port: "8080", peer: "10.0.1.12/32" });
  });

  it("is a contract that policies can read", () => {
    assert.deepEqual(readContract(siteContract(apps), "contract").problems, []);
  });
});
