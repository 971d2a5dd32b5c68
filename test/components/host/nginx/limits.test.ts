import { cloudFrontHop, originSecretHeader } from "../../../../components/host/hop";
import { proofFile } from "../../../../components/host/proof-file";
import { countsNamedClients, limitedApps, limitsBehaviour } from "../limits-behaviour";
import { RunningNginx } from "./running-nginx";

const secret = "a".repeat(64);

describe("limits of a real nginx", function () {
  this.timeout(30_000);
  limitsBehaviour((front) => RunningNginx.start(limitedApps, { front }));

  describe("behind a CDN that proves itself", () => {
    const front = [cloudFrontHop({ provesItself: true })];
    const written = { [proofFile(originSecretHeader)]: `"${secret}" 1;\n` };
    countsNamedClients(() => RunningNginx.start(limitedApps, { front }, written), { [originSecretHeader]: secret });
  });
});
