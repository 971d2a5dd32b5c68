import { proofLine } from "../../../../components/host/apache/proof";
import { hopsBehaviour } from "../hops-behaviour";
import { provingBehaviour } from "../proof-behaviour";
import { RunningApache } from "./running-apache";

describe("hops in front of a real httpd", function () {
  this.timeout(30_000);

  hopsBehaviour({
    start: (apps, front) => RunningApache.start(apps, { front }),
    hop: { asksHealth: false },
    beside: ["connection"],
  });

  describe("one that proves itself", () =>
    provingBehaviour((apps, front, written) => RunningApache.start(apps, { front }, written), proofLine));
});
