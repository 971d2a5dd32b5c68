import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";

/** What keeps apps from running on many machines at once: whatever one machine has and the others do not. */
export function sharedStateProblems(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  apps.forEach((app, index) => {
    const report = new Report("apps", problems).in(index);
    if (app.data?.length)
      report
        .in("data")
        .refuse(
          app.data,
          "is on the disk of one machine, which the others do not see and which goes with it",
          "name it in sharedData if many machines may write there at once, keep it in a Redis, a database or a bucket, or run" +
            " the app on one machine, by Site",
        );
    if (app.sharedData?.length)
      report
        .in("sharedData")
        .refuse(
          app.sharedData,
          "would be another one on each machine",
          "run the app by Site, whose fleets have a file system for it",
        );
    if (app.redis)
      report
        .in("redis")
        .refuseUnseen(
          "would be another one on each machine",
          "run the app by Site, whose fleets share one, or hand the address of a SharedRedis on as a secret",
        );
    app.secrets?.forEach(({ name, generate }, at) => {
      if (generate === true)
        report
          .in("secrets", at, "generate")
          .refuse(
            generate,
            `would have each machine make up a '${name}' of its own`,
            "leave it out, and put the value into the store's parameters",
          );
    });
  });
  return problems;
}
