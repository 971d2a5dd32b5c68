import { nginxLogs } from "../../../../components/host/logs/rotation";
import { RunningNginx } from "../nginx/running-nginx";
import { accessLogBehaviour } from "./access-log-behaviour";

describe("the access log of nginx", function () {
  this.timeout(120_000); // the packages may have to be fetched
  accessLogBehaviour({
    logs: nginxLogs,
    start: (apps, logs) => RunningNginx.start(apps, {}, {}, 1, { logs }),
    reopen: (nginx) => nginx.reopen(),
    requests: 300,
    ending: /"([0-9a-f]{32})" (\d+\.\d{3}) "(\d+\.\d{3})"$/,
    seconds: (line) => [Number(line["seconds"]), Number(line["upstream_seconds"])],
  });
});
