import { Route, ServeBy } from "../route/route";
import { Limits } from "../route/limits";
import { HttpMethod, withHead } from "../route/methods";
import { Report } from "./report";
import { checkDistinct, checkWhole } from "./text";

/** nginx counts in thousandths of requests, in 32 bits. */
const most = 100_000;

/** Checks how much one client may ask of a route. */
export function checkLimits(limits: Limits, report: Report): void {
  const { requestsPerSecond, requestsPerMinute, burst, connections } = limits;
  const rate = requestsPerSecond ?? requestsPerMinute;
  for (const key of ["requestsPerSecond", "requestsPerMinute", "connections"] as const) {
    const value = limits[key];
    if (value !== undefined) checkWhole(value, 1, most, "requests", report.in(key));
  }
  if (burst !== undefined) checkWhole(burst, 0, most, "requests", report.in("burst"));
  if (requestsPerSecond !== undefined && requestsPerMinute !== undefined)
    report
      .in("requestsPerMinute")
      .refuse(requestsPerMinute, "is a second rate beside requestsPerSecond", "say one of the two");
  if (burst !== undefined && rate === undefined)
    report.in("burst").refuse(burst, "has no effect without a rate", "say requestsPerSecond or requestsPerMinute");
  if (rate === undefined && burst === undefined && connections === undefined)
    report.refuse(limits, "limits nothing", "say requestsPerSecond, requestsPerMinute or connections, or leave it out");
}

/** Checks the methods that a route answers. */
export function checkMethods(route: Route, methods: readonly HttpMethod[], asked: boolean, report: Report): void {
  if (methods.length === 0) report.refuse(methods, "answers nothing", "name the methods, or leave it out for all");
  checkDistinct(methods, report);
  if (route.websocket && !methods.includes(HttpMethod.Get))
    report.refuse(methods, "is without GET, by which websockets are opened", "add GET, or leave websocket out");
  else if (asked && methods.length > 0 && !methods.includes(HttpMethod.Get))
    report.refuse(
      methods,
      "is without GET, by which the app's health is asked here",
      "add GET, or give another route first",
    );
  if (route.serve !== ServeBy.Files) return;
  const files: readonly HttpMethod[] = withHead([HttpMethod.Get]);
  methods.forEach((method, index) => {
    if (!files.includes(method))
      report.in(index).refuse(method, "has no effect on files", "leave it out, files are only read");
  });
}
