import { proxyProtocolBehaviour } from "../proxy-protocol-behaviour";
import { hostItself, RunningNginx } from "./running-nginx";

describe("a hop that speaks the PROXY protocol to a real nginx", function () {
  this.timeout(30_000);
  proxyProtocolBehaviour((apps, front) => RunningNginx.start(apps, { front }), hostItself);
});
