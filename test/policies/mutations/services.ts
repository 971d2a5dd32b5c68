import { appendTo, Mutation, replaceIn, replaceOnceIn } from "./mutation";

const unit = "/etc/systemd/system/app-live.service";

/** Takes a unit out of those that are enabled and started. */
const notStarted = (...names: string[]): Mutation["breakIt"] => {
  return (stack) => stack.plan((plan) => (plan.units = plan.units.filter(({ name }) => !names.includes(name))));
};

/** Takes files out of the plan. */
const withoutFile = (path: string): Mutation["breakIt"] => {
  return (stack) => stack.plan((plan) => (plan.files = plan.files.filter((file) => file.path !== path)));
};

export const serviceMutations: readonly Mutation[] = [
  {
    title: "a service has no unit",
    breakIt: withoutFile(unit),
    fails: ["svc-unit-declared"],
  },
  {
    title: "neither a service nor its socket is started",
    breakIt: notStarted("app-live.service", "app-live.socket"),
    fails: ["svc-unit-declared"],
  },
  {
    title: "a service starts nothing",
    breakIt: replaceIn(unit, "ExecStart=", "ExecStartPre="),
    fails: ["svc-working-directory"],
  },
  {
    title: "a service runs as root",
    breakIt: replaceIn(unit, "User=app-live", "User=root"),
    fails: ["svc-not-root"],
  },
  {
    title: "a service has no user",
    breakIt: replaceIn(unit, /^User=app-live\n/gm, ""),
    fails: ["svc-not-root"],
  },
  {
    title: "a service's user is the one with number 0",
    breakIt: replaceIn(unit, "User=app-live", "User=0"),
    fails: ["svc-not-root"],
  },
  {
    title: "a drop-in takes a service's user away",
    breakIt: (stack) =>
      stack.plan((plan) => {
        const [file] = plan.files.filter(({ path }) => path === unit);
        plan.files.push({ ...file!, path: `${unit}.d/user.conf`, content: "[Service]\nUser=root\n" });
      }),
    fails: ["svc-not-root"],
  },
  {
    title: "a service says nothing about its folder",
    breakIt: replaceIn(unit, /^WorkingDirectory=.*\n/gm, ""),
    fails: ["svc-working-directory"],
  },
  {
    title: "a service runs in another app's folder",
    breakIt: replaceIn(unit, "WorkingDirectory=/opt/landfall/apps/live", "WorkingDirectory=/opt/landfall/apps/journal"),
    fails: ["svc-working-directory"],
  },
  {
    title: "a service runs in a folder that nothing makes",
    breakIt: replaceIn(unit, /WorkingDirectory=.*/g, "WorkingDirectory=/srv/nowhere"),
    fails: ["app-files-present", "svc-working-directory"],
  },
  {
    title: "the start command is looked up somewhere",
    breakIt: replaceOnceIn(unit, /ExecStart=\S+/, "ExecStart=with-credentials"),
    fails: ["svc-working-directory"],
  },
  {
    title: "a later line of the unit moves the service elsewhere",
    breakIt: replaceIn(unit, /^(WorkingDirectory=.*)$/gm, "$1\nWorkingDirectory=/tmp"),
    fails: ["svc-working-directory"],
  },
  {
    title: "nothing brings an app's code",
    breakIt: (stack) => stack.plan((plan) => (plan.releases = plan.releases.filter(({ app }) => app !== "live"))),
    fails: ["app-files-present"],
  },
  {
    title: "the program that services start is not there",
    breakIt: withoutFile("/usr/local/lib/landfall/with-credentials"),
    fails: ["app-files-present"],
  },
  {
    title: "the line that begins a unit's settings is broken, so that none of them holds",
    breakIt: (stack) => stack.file(unit, (content) => content.replace("[Service]", "[Service")),
    fails: ["svc-not-root", "svc-working-directory", "ud-parses"],
  },
  {
    title: "a unit has a line that says nothing",
    breakIt: appendTo(unit, "this is no setting"),
    fails: ["ud-parses"],
  },
];
