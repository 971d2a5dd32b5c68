import assert from "node:assert/strict";
import fc from "fast-check";
import { GitSource, PackageSource, Source } from "../../../../components/app/source";
import { validateApps } from "../../../../components/app/validate";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const git = (changes: Partial<GitSource>) =>
  sampleApp({ source: { git: { url: "https://git.example/a.git", ref: "v1", ...changes } } });
const fromIndex = (changes: Partial<PackageSource>) =>
  sampleApp({ source: { package: { name: "gramex", version: "1.94.5", ...changes } } });

describe("the source of an app", () => {
  const kinds: [string, Source, string][] = [
    ["none", {}, "says nothing"],
    ["two", { directory: "a", git: { url: "https://git.example/a.git", ref: "v1" } }, "has directory and git"],
  ];
  for (const [count, source, reason] of kinds) {
    it(`is refused with ${count} of its kinds`, () => {
      assert.deepEqual(problemsOf(sampleApp({ source })), [
        `apps[0].source: ${reason}; give exactly one of directory, git and package`,
      ]);
    });
  }

  it("asks for the directory as a folder, and for the requirements file in it", () => {
    const asked: string[] = [];
    const app = sampleApp({ source: { directory: "shop/" }, python: { requirements: "requirements.txt" } });
    validateApps([app], (path) => asked.push(path) > 0);
    assert.deepEqual(asked, ["shop/", "shop//requirements.txt"]);
  });

  it("is refused when its directory does not exist", () => {
    assert.deepEqual(
      validateApps([sampleApp({ source: { directory: "shop" } })], () => false),
      [
        {
          path: "apps[0].source.directory",
          value: "shop",
          reason: "is not a directory that exists",
          fix: "it is looked up from the folder of Pulumi.yaml",
        },
      ],
    );
  });

  it("is refused when its requirements file does not exist", () => {
    const app = sampleApp({ source: { directory: "shop" }, python: { requirements: "needs.txt" } });
    const problems = validateApps([app], (path) => path.endsWith("/"));
    assert.deepEqual(
      problems.map((problem) => problem.path),
      ["apps[0].python.requirements"],
    );
  });

  for (const requirements of ["../requirements.txt", "/etc/requirements.txt", "a//b", "./a", "a\\b", ""]) {
    it(`is refused with the requirements file ${JSON.stringify(requirements)}`, () => {
      assert.deepEqual(pathsOf(sampleApp({ python: { requirements } })), ["apps[0].python.requirements"]);
    });
  }

  it("cannot name names to leave out of what is no directory", () => {
    const app = sampleApp({ source: { git: { url: "https://git.example/a.git", ref: "v1" }, exclude: ["*.log"] } });
    assert.deepEqual(pathsOf(app), ["apps[0].source.exclude"]);
  });

  it("matches what is left out against single names", () => {
    assert.deepEqual(
      pathsOf(sampleApp({ source: { directory: "a", exclude: ["*.log", "a/b", "", "[z-a]", "[!a-z]?"] } })),
      ["apps[0].source.exclude[1]", "apps[0].source.exclude[2]", "apps[0].source.exclude[3]"],
    );
  });
});

describe("a git source", () => {
  const addresses = [
    "https://git.example/team/a.git",
    "http://10.0.0.1:8080/a",
    "ssh://git@git.example/a.git",
    "git://git.example/a",
    "git@git.example:team/a.git",
  ];
  for (const url of addresses) {
    it(`takes ${url}`, () => {
      assert.deepEqual(problemsOf(git({ url })), []);
    });
  }

  const refused = [
    "",
    "-u",
    "--upload-pack=touch /tmp/x",
    "ext::sh -c id",
    "file:///etc",
    "/srv/a.git",
    "git@host:-x",
    "https://",
    "https://a b",
  ];
  for (const url of refused) {
    it(`refuses ${JSON.stringify(url)}`, () => {
      assert.deepEqual(pathsOf(git({ url })), ["apps[0].source.git.url"]);
    });
  }

  for (const url of [
    "https://me:s3cret@git.example/a.git",
    "https://s3cret@git.example/a",
    "https://me:s3cret@git example/",
  ]) {
    it(`refuses an address with credentials, and does not show them (${url.length} characters)`, () => {
      const problems = problemsOf(git({ url }));
      assert.equal(problems.length, 1);
      assert.doesNotMatch(problems[0]!, /s3cret/);
    });
  }

  for (const ref of ["main", "v1.2.3", "feature/x", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "release-1"]) {
    it(`takes the ref ${ref}`, () => {
      assert.deepEqual(problemsOf(git({ ref })), []);
    });
  }

  for (const ref of [
    "",
    "-f",
    "--all",
    "a b",
    "a..b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "[a",
    "a\\",
    "@{1}",
    "@",
    "a.lock",
    "/a",
    "a/",
    "a.",
    ".a",
    "ü",
    "a\nb",
  ]) {
    it(`refuses the ref ${JSON.stringify(ref)}`, () => {
      assert.deepEqual(pathsOf(git({ ref })), ["apps[0].source.git.ref"]);
    });
  }

  it("lets no option of git through, as address or as ref", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        assert.deepEqual(pathsOf(git({ url: `-${rest}` })), ["apps[0].source.git.url"]);
        assert.deepEqual(pathsOf(git({ ref: `-${rest}` })), ["apps[0].source.git.ref"]);
      }),
    );
  });

  it("refuses a folder outside the repository", () => {
    assert.deepEqual(pathsOf(git({ directory: "../other" })), ["apps[0].source.git.directory"]);
  });
});

describe("a package source", () => {
  for (const version of ["1.94.5", "1", "2!1.0", "1.0rc1", "1.0.post2", "1.0.dev3", "1.0+local.1"]) {
    it(`takes the version ${version}`, () => {
      assert.deepEqual(problemsOf(fromIndex({ version })), []);
    });
  }

  for (const version of ["", "latest", "1.*", ">=1", "^1.2", "1.0 ", "1.0; python_version>'3'"]) {
    it(`refuses the version ${JSON.stringify(version)}`, () => {
      assert.deepEqual(pathsOf(fromIndex({ version })), ["apps[0].source.package.version"]);
    });
  }

  for (const name of ["", "-r", "a b", "a==1", "../a", "https://x/a.whl"]) {
    it(`refuses the name ${JSON.stringify(name)}`, () => {
      assert.deepEqual(pathsOf(fromIndex({ name })), ["apps[0].source.package.name"]);
    });
  }

  it("refuses an extra with brackets", () => {
    assert.deepEqual(pathsOf(fromIndex({ extras: ["standard", "[all]"] })), ["apps[0].source.package.extras[1]"]);
  });

  it("has no files: neither requirements nor a static route", () => {
    const app = {
      ...fromIndex({}),
      python: { requirements: "requirements.txt" },
      routes: [{ domain: "a.example", serve: "files" as const }],
    };
    assert.deepEqual(pathsOf(app), ["apps[0].python.requirements", "apps[0].routes[0].serve"]);
  });
});

describe("the packages of an app", () => {
  it("are Python requirements, never options", () => {
    const packages = ["gunicorn==27.0.1", "uvicorn[standard]", "-r other.txt", "--index-url=x", "a\nb"];
    assert.deepEqual(pathsOf(sampleApp({ python: { packages } })), [
      "apps[0].python.packages[2]",
      "apps[0].python.packages[3]",
      "apps[0].python.packages[4]",
    ]);
  });

  it("are Debian packages by name, each once", () => {
    const packages = ["libldap-2.5-0", "g++", "-y", "Curl", "curl=7", "g++"];
    assert.deepEqual(pathsOf(sampleApp({ packages })), [
      "apps[0].packages[2]",
      "apps[0].packages[3]",
      "apps[0].packages[4]",
      "apps[0].packages[5]",
    ]);
  });

  it("may run on releases that hosts can run", () => {
    assert.deepEqual(problemsOf(sampleApp({ debian: [12, 11] })), [
      "apps[0].debian[1]: 11 is not a release that hosts can run; use some of 13, 12",
    ]);
    assert.deepEqual(pathsOf(sampleApp({ debian: [] })), ["apps[0].debian"]);
  });
});
