import { filesApps, filesBehaviour, pagesFolder } from "../../../behaviour/files";
import { useLoopback } from "./loopback-subject";

describe("files by a real nginx", function () {
  this.timeout(30_000);
  filesBehaviour(useLoopback(filesApps, {}, { pages: pagesFolder }));
});
