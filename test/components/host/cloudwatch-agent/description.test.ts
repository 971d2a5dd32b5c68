import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { WebProgram } from "../../../../components/app/web";
import { LogFormat } from "../../../../components/app/web-logs";
import {
  agentDescription,
  countedLogProblems,
  HostReports,
} from "../../../../components/host/cloudwatch-agent/description";
import { webLogFiles } from "../../../../components/host/logs/access-logs";
import { nginxLogs } from "../../../../components/host/logs/rotation";
import { PlannedFile } from "../../../../components/host/plan";

const name = "/landfall/demo/dev/web";
const api: App = {
  name: "api",
  source: { directory: "api" },
  process: { command: ["./api"] },
  routes: [{ domain: "api.example.com" }],
};
const mail: App = { name: "mail", source: { directory: "mail" }, process: { command: ["./mail"] } };
const files: App = {
  name: "files",
  source: { directory: "files" },
  routes: [{ domain: "example.com", serve: "files" }],
};

const made = (apps: App[], more: Partial<HostReports> = {}): PlannedFile =>
  agentDescription(apps, { name, dataVolume: true, ...more });

/** What of a description the tests look at. */
interface Description {
  metrics: {
    namespace: string;
    aggregation_dimensions: string[][];
    metrics_collected: { disk: { resources: string[] } };
  };
  logs: { logs_collected: { files?: { collect_list: object[] }; journald?: { collect_list: object[] } } };
}
const described = (apps: App[], more: Partial<HostReports> = {}): Description =>
  JSON.parse(made(apps, more).content) as Description;

describe("agentDescription", () => {
  it("is where the agent looks, and a change restarts the agent and nothing else", () => {
    const { path, change } = made([api]);
    assert.equal(path, "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json");
    assert.deepEqual(change, { effect: "restart", units: ["amazon-cloudwatch-agent.service"] });
  });

  it("takes the files of JSON, those of domains to streams of their own", () => {
    const logs = { perDomain: true, format: LogFormat.Both };
    const { content } = agentDescription(
      [api, files],
      { name, dataVolume: true },
      webLogFiles(nginxLogs, [api, files], logs),
    );
    const { collect_list: list } = (JSON.parse(content) as Description).logs.logs_collected.files!;
    const access = (domain: string): object => ({
      file_path: `/var/log/nginx/${domain}.access.log`,
      log_group_name: `${name}/nginx/access`,
      log_stream_name: `{instance_id}/${domain}`,
    });
    assert.deepEqual(list.slice(0, 2), [access("api.example.com"), access("example.com")]);
    assert.equal(list.length, 3);
  });

  it("refuses a log by which no answers could be counted", () => {
    assert.deepEqual(
      countedLogProblems({ logs: { format: LogFormat.Combined } }).map(({ path }) => path),
      ["web.logs.format"],
    );
    assert.deepEqual(
      countedLogProblems({ program: WebProgram.HAProxy }).map(({ path }) => path),
      ["web.program"],
    );
    assert.deepEqual(countedLogProblems({ program: WebProgram.Apache, logs: { format: LogFormat.Both } }), []);
  });

  it("reports memory and both disks, under names that stay when the machine is another", () => {
    assert.deepEqual(described([api]).metrics, {
      namespace: name,
      append_dimensions: { InstanceId: "${aws:InstanceId}" },
      aggregation_dimensions: [[], ["path"]],
      metrics_collected: {
        mem: { measurement: ["mem_used_percent"] },
        disk: {
          measurement: ["disk_used_percent"],
          resources: ["/", "/var/lib/landfall/volume"],
          drop_device: true,
        },
      },
    });
  });

  it("reports no disk that is not there", () => {
    assert.deepEqual(described([api], { dataVolume: false }).metrics.metrics_collected.disk.resources, ["/"]);
  });

  it("asks the journal for what each app writes, at every level, by its unit", () => {
    assert.deepEqual(described([api, mail]).logs.logs_collected.journald?.collect_list, [
      {
        units: ["app-api.service"],
        priority: "debug",
        log_group_name: `${name}/api`,
        log_stream_name: "{instance_id}",
      },
      {
        units: ["app-mail.service"],
        priority: "debug",
        log_group_name: `${name}/mail`,
        log_stream_name: "{instance_id}",
      },
    ]);
  });

  it("reads nginx's logs where there is a web site", () => {
    const log_stream_name = "{instance_id}";
    assert.deepEqual(described([files]).logs.logs_collected, {
      files: {
        collect_list: [
          { file_path: "/var/log/nginx/access.log", log_group_name: `${name}/nginx/access`, log_stream_name },
          { file_path: "/var/log/nginx/error.log", log_group_name: `${name}/nginx/error`, log_stream_name },
        ],
      },
    });
    assert.equal(described([mail]).logs.logs_collected.files, undefined);
  });

  it("says nothing of logs where there are none: the agent refuses an empty list", () => {
    assert.equal(described([{ name: "idle", source: { directory: "idle" } }]).logs, undefined);
  });

  // What the agent's schema allows: aws/amazon-cloudwatch-agent, translator/config/schema.json, which refuses other members,
  // and the samples beside it for journald (translator/tocwconfig/sampleConfig/journaldlogs_*.json).
  const known = {
    metrics: [
      "namespace",
      "aggregation_dimensions",
      "append_dimensions",
      "metrics_destinations",
      "metrics_collected",
      "force_flush_interval",
      "credentials",
      "endpoint_override",
      "service.name",
      "deployment.environment",
    ],
    file: [
      "file_path",
      "log_group_name",
      "log_stream_name",
      "log_group_class",
      "multi_line_start_pattern",
      "timestamp_format",
      "timezone",
      "trim_timestamp",
      "encoding",
      "auto_removal",
      "blacklist",
      "publish_multi_logs",
      "retention_in_days",
      "filters",
    ],
    journal: ["log_group_name", "log_stream_name", "units", "priority", "matches", "filters", "retention_in_days"],
  };

  it("has only members that the agent knows: it refuses the whole description for another", () => {
    const { metrics, logs } = described([api, mail, files]);
    const strange = (members: object, allowed: readonly string[]): string[] =>
      Object.keys(members).filter((key) => !allowed.includes(key));
    assert.deepEqual(strange(metrics, known.metrics), []);
    assert.deepEqual(strange(logs, ["logs_collected"]), []);
    assert.deepEqual(strange(logs.logs_collected, ["files", "journald"]), []);
    for (const one of logs.logs_collected.files?.collect_list ?? []) assert.deepEqual(strange(one, known.file), []);
    for (const one of logs.logs_collected.journald?.collect_list ?? [])
      assert.deepEqual(strange(one, known.journal), []);
  });
});
