import assert from "node:assert/strict";

import { analysable } from "../../../toolchain/package/analysable";

describe("declarations for the analysis of components", () => {
  it("give a choice its values, with their comments", () => {
    const declared = `/** Water. */
export declare const Water: {
    /** Of rivers. */
    readonly Fresh: "fresh";
    readonly Depth: 3;
};
export type Water = (typeof Water)[keyof typeof Water];
`;
    assert.equal(
      analysable(declared),
      `/** Water. */
export  const Water = {
    /** Of rivers. */
    Fresh: "fresh",
    Depth: 3,
} as const;
export type Water = (typeof Water)[keyof typeof Water];
`,
    );
  });

  it("have no private members", () => {
    const declared = `export declare class Pond extends ComponentResource {
    #private;
    readonly area: Output<string>;
    private dig;
    private readonly depth;
    constructor(name: string, args: PondArgs);
}
`;
    assert.deepEqual(
      analysable(declared)
        .split("\n")
        .filter((line) => line.trim()),
      [
        "export declare class Pond extends ComponentResource {",
        "    readonly area: Output<string>;",
        "    constructor(name: string, args: PondArgs);",
        "}",
      ],
    );
  });

  it("are the same otherwise", () => {
    const declared = `import { Input } from "@pulumi/pulumi";
export interface PondArgs { depth: Input<number>; }
export declare const depthOf: (pond: string) => number;
export declare const limits: { readonly depth: number; };
`;
    assert.equal(analysable(declared), declared);
  });
});
