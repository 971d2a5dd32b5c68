import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { startAwsProvider } from "../../stacks/aws-provider";

describe("startAwsProvider", () => {
  const asked: string[] = [];
  const answered = (answer: () => Promise<Record<string, unknown>>): Promise<void> =>
    pulumi.runtime.setMocks({
      newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
      call({ token }) {
        asked.push(token);
        return answer();
      },
    });
  beforeEach(() => asked.splice(0));

  it("asks the provider, and does not wait for its answer", async () => {
    let answer = (): void => undefined;
    const late = new Promise<Record<string, unknown>>((resolve) => (answer = () => resolve({ partition: "aws" })));
    await answered(() => late);
    await startAwsProvider();
    assert.deepEqual(asked, ["aws:index/getPartition:getPartition"]);
    answer();
    await pulumi.runtime.disconnect();
  });

  it("leaves it to the resources to say why there is no provider", async () => {
    await answered(() => Promise.reject(new Error("no credentials")));
    await startAwsProvider();
    await pulumi.runtime.disconnect();
    assert.equal(asked.length, 1);
  });
});
