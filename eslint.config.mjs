import tseslint from "typescript-eslint";

/** Folders that use the library and that nothing may import: the arrows of the design point one way. */
const ends = ["plugin", "stacks", "test", "bench", "toolchain"];

/** What a folder of the library may not reach, as patterns of import specifiers. */
const forbid = (files, folders, reason) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { paths: [awsRoot], patterns: [libraryEnds, forbiddenFolders(folders, reason)] },
    ],
  },
});

const awsRoot = {
  name: "@pulumi/aws",
  message: "Import the service, e.g. @pulumi/aws/ec2: the package's root loads every service of AWS.",
};

const forbiddenFolders = (folders, message) => ({ regex: `(^|/)\\.\\./(.*/)?(${folders.join("|")})(/|$)`, message });

const libraryEnds = forbiddenFolders(
  ends,
  "The library never imports what uses it (plugin, stacks, test, bench, toolchain).",
);

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", ".landfall/", "**/*.cjs"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always"],
      "no-restricted-imports": ["error", { paths: [awsRoot] }],
      "object-shorthand": "error",
      "prefer-const": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": "off",
      "@typescript-eslint/no-explicit-any": "error",
      // CommonJS: what is slow to load (SSH, X.509, gRPC) is required when it is needed.
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      // Indexed access is checked (noUncheckedIndexedAccess); where a test has just proved a value, `!` says so.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/prefer-promise-reject-errors": "error",
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  forbid(["components/**/*.ts"], ["policies", "examples"], "The library imports neither policies nor examples."),
  forbid(
    ["components/app/**/*.ts"],
    ["host", "probe", "aws", "local", "server", "policies", "examples"],
    "The description of apps knows nothing of hosts: aws, local, server -> host -> app.",
  ),
  forbid(
    ["components/host/**/*.ts"],
    ["aws", "local", "server", "policies", "examples"],
    "Host plans know nothing of where a host is: aws, local, server -> host -> app.",
  ),
  forbid(
    ["components/probe/**/*.ts"],
    ["aws", "local", "server", "policies", "examples"],
    "Probes ask from outside; they know no components.",
  ),
  forbid(
    ["components/aws/**/*.ts"],
    ["local", "server", "policies", "examples"],
    "Ways to a host do not know each other.",
  ),
  forbid(
    ["components/local/**/*.ts"],
    ["aws", "server", "policies", "examples"],
    "Ways to a host do not know each other.",
  ),
  forbid(
    ["components/server/**/*.ts"],
    ["aws", "local", "policies", "examples"],
    "Ways to a host do not know each other.",
  ),
  forbid(["plugin/**/*.ts"], ["policies", "examples"], "The plugin serves the library's components, nothing else."),
  forbid(
    ["policies/**/*.ts"],
    ["aws", "local", "server", "examples"],
    "Policies read the host's trees and parsers, never the components.",
  ),
  {
    files: ["**/*.mjs", "**/*.js"],
    extends: [tseslint.configs.recommended, tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
