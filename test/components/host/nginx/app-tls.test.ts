import { appTlsBehaviour, secureApps } from "../app-tls-behaviour";
import { useLoopback } from "./loopback-subject";

describe("apps that end TLS themselves behind a real nginx", function () {
  this.timeout(30_000);
  appTlsBehaviour(useLoopback(secureApps));
});
