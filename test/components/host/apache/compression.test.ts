import { compressionBehaviour } from "../compression-behaviour";
import { RunningApache } from "./running-apache";

describe("compression by a real httpd", function () {
  this.timeout(30_000);
  compressionBehaviour((apps, web) => RunningApache.start(apps, {}, {}, web));
});
