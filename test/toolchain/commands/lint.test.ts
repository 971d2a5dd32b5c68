import assert from "node:assert/strict";
import { ESLint } from "eslint";
import { projectRoot } from "../../../toolchain/commands/project";

describe("lint", function () {
  this.timeout(60_000);
  const eslint = new ESLint({ cwd: projectRoot });

  /** What lint says about the imports of a text, were it in the place of a file that exists. */
  const importsIn = async (file: string, ...imports: string[]): Promise<string[]> => {
    const text = imports.map((from, index) => `export * as n${index} from "${from}";\n`).join("");
    const [result] = await eslint.lintText(text, { filePath: `${projectRoot}/${file}` });
    return (result?.messages ?? [])
      .filter(({ ruleId }) => ruleId === "no-restricted-imports")
      .map(({ message }) => message);
  };

  it("lets imports go from local to host to app", async () => {
    assert.deepEqual(
      await importsIn("components/local/local-site.ts", "../host/plan", "../app/app", "./machine/names"),
      [],
    );
    assert.deepEqual(await importsIn("components/host/nginx/site.ts", "../../app/app", "../hops", "./tree"), []);
  });

  it("refuses them the other way round", async () => {
    assert.match((await importsIn("components/app/app.ts", "../host/plan")).join(), /knows nothing of hosts/);
    assert.match(
      (await importsIn("components/app/presets/esg.ts", "../../host/plan")).join(),
      /knows nothing of hosts/,
    );
    assert.match((await importsIn("components/host/plan.ts", "../local/local-site")).join(), /where a host is/);
    assert.match((await importsIn("components/local/local-site.ts", "../aws/site")).join(), /do not know each other/);
  });

  it("refuses imports of what uses the library", async () => {
    for (const folder of ["stacks", "test", "bench", "toolchain"]) {
      assert.match(
        (await importsIn("components/local/local-site.ts", `../../${folder}/x`)).join(),
        /never imports what uses it/,
      );
    }
  });

  it("refuses the root of the AWS package, everywhere", async () => {
    for (const file of ["components/host/plan.ts", "stacks/index.ts", "toolchain/commands/up.ts"]) {
      assert.match((await importsIn(file, "@pulumi/aws")).join(), /Import the service/);
      assert.deepEqual(await importsIn(file, "@pulumi/aws/ec2"), []);
    }
  });
});
