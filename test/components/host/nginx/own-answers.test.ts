import { ownAnswersApps, ownAnswersBehaviour } from "../own-answers-behaviour";
import { useLoopback } from "./loopback-subject";

describe("what nginx says in the place of an app", function () {
  this.timeout(30_000);
  ownAnswersBehaviour(useLoopback(ownAnswersApps));
});
