import assert from "node:assert/strict";
import { guest } from "../../../../components/host/guest";
import { cloudFrontHop, Hop } from "../../../../components/host/hop";
import { directHops } from "../../../../components/host/hops";
import { defaultSite } from "../../../../components/host/nginx/default-site";
import { render } from "../../../../components/host/nginx/render";
import { api, askingFront, docs, healthBehaviour } from "../health-behaviour";
import { RunningNginx } from "./running-nginx";

describe("a host behind a load balancer", function () {
  this.timeout(30_000);
  healthBehaviour((apps, front) => RunningNginx.start(apps, { front }), 502);
});

describe("a host without a load balancer", () => {
  const text = (...hops: Hop[]): string => render(defaultSite([api, docs], { ...directHops, front: hops }, guest(12)));

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
