import { appTlsBehaviour, secureApps } from "../app-tls-behaviour";
import { useApache } from "./loopback-subject";

describe("apps that end TLS themselves behind a real httpd", function () {
  this.timeout(30_000);
  appTlsBehaviour(useApache(secureApps));
});
