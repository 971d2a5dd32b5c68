import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { guest } from "../../../../components/host/guest";
import { cloudFrontHop, Hop } from "../../../../components/host/hop";
import { directHops, healthPath } from "../../../../components/host/hops";
import { defaultSite } from "../../../../components/host/nginx/default-site";
import { render } from "../../../../components/host/nginx/render";
import { askedApp, askingFront, healthBehaviour } from "../health-behaviour";
import { RunningNginx } from "./running-nginx";

const docs: App = { name: "docs", source: {}, routes: [{ domain: "docs.example.com", serve: ServeBy.Files }] };

describe("a host behind a load balancer", function () {
  this.timeout(30_000);
  const { server, asked } = healthBehaviour(() => RunningNginx.start([askedApp, docs], { front: askingFront }), 502);

  it("passes on the status of an app that has nothing to show", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("docs"))).status, 404);
    server().addFile("docs", "index.html", "hello");
    assert.deepEqual(await asked("127.0.0.1", healthPath("docs")), { status: 200, body: "hello" });
  });
});

describe("a host without a load balancer", () => {
  const text = (...hops: Hop[]): string =>
    render(defaultSite([askedApp, docs], { ...directHops, front: hops }, guest(12)));

  it("goes on refusing handshakes for names that are not its own, also behind a CDN", () => {
    assert.match(text(), /ssl_reject_handshake on;/);
    assert.equal(text(cloudFrontHop({ addresses: ["130.176.0.0/17"] })), text());
  });

  it("is asked for nothing: only the hop that asks is let in", () => {
    const both = text(cloudFrontHop({ addresses: ["130.176.0.0/17"] }), ...askingFront);
    assert.match(both, /allow 127\.0\.1\.1\/32;\n\s+deny all;/);
    assert.doesNotMatch(both, /130\.176/);
  });
});
