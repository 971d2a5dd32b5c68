import { pagesFolder } from "../../../behaviour/files";
import { cacheApps, cacheBehaviour, cacheWeb } from "../../../behaviour/cache";
import { useLoopback } from "./loopback-subject";

describe("answers kept by a real nginx", function () {
  this.timeout(30_000);
  cacheBehaviour(useLoopback(cacheApps, cacheWeb, { journal: pagesFolder }));
});
