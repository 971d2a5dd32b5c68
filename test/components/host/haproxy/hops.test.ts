import assert from "node:assert/strict";
import { cloudFrontHop, originSecretHeader } from "../../../../components/host/hop";
import { healthPath } from "../../../../components/host/hops";
import { proofLine } from "../../../../components/host/haproxy/proof";
import { proofFile } from "../../../../components/host/proof-file";
import { askedApp, askingFront, healthBehaviour, healthSubject } from "../health-behaviour";
import { hopsBehaviour } from "../hops-behaviour";
import { countsNamedClients, limitedApps } from "../limits-behaviour";
import { provingBehaviour } from "../proof-behaviour";
import { RunningHaproxy } from "./running-haproxy";

describe("hops in front of a real HAProxy", function () {
  this.timeout(30_000);

  hopsBehaviour({ start: (apps, front) => RunningHaproxy.start(apps, { front }), beside: ["connection"] });

  describe("one that proves itself", () => {
    provingBehaviour(
      (apps, front, written) => RunningHaproxy.start(apps, { front }, undefined, {}, written),
      proofLine,
    );

    describe("and names clients that are counted", () => {
      const secret = "a".repeat(64);
      const written = { [proofFile(originSecretHeader)]: proofLine().replace("%s", secret) };
      const front = [cloudFrontHop({ provesItself: true })];
      countsNamedClients(() => RunningHaproxy.start(limitedApps, { front }, undefined, {}, written), {
        [originSecretHeader]: secret,
      });
    });
  });

  describe("one that asks for the health of apps, and names nobody", () => {
    healthBehaviour(() => RunningHaproxy.start([askedApp], { front: askingFront }), 503);
  });

  describe("one that asks for it behind another that proves itself", () => {
    const { asked } = healthSubject(() =>
      RunningHaproxy.start(
        [askedApp],
        { front: [cloudFrontHop({ provesItself: true }), ...askingFront] },
        undefined,
        {},
        {
          [proofFile(originSecretHeader)]: proofLine().replace("%s", "a".repeat(64)),
        },
      ),
    );

    it("needs no proof for that, and for all else it does", async () => {
      const statuses = [await asked("10.0.0.5", healthPath("api")), await asked("api.example.com", "/v1/a")];
      assert.deepEqual(
        statuses.map(({ status }) => status),
        [200, 403],
      );
    });
  });
});
