import { filesApps, filesBehaviour, filesWeb, pagesFolder } from "../../../behaviour/files";
import { useLoopback } from "./loopback-subject";

describe("files by a real nginx", function () {
  this.timeout(30_000);
  filesBehaviour(useLoopback(filesApps, filesWeb, { filed: pagesFolder }));
});
