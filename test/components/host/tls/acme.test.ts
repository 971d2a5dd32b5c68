import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { App } from "../../../../components/app/app";
import { staticSite } from "../../../../components/app/presets/static-site";
import { acmeProblems, deployHook, letsEncrypt } from "../../../../components/host/tls/acme";

const site = (...domains: string[]): App => staticSite({ name: "site", source: { directory: "site" }, domains });
const acme = { directory: letsEncrypt.production, email: "admin@example.com" };

describe("a certificate authority", () => {
  it("may be Let's Encrypt for names of the internet, with and without an address of one's own", () => {
    assert.deepEqual(acmeProblems(acme, [site("www.example.com", "localhost.example.com")]), []);
    assert.deepEqual(acmeProblems({ ...acme, email: null }, [site("example.com")]), []);
  });

  for (const directory of ["http://acme.example.com/dir", "acme.example.com", "", "https://a b/"]) {
    it(`is not to be found at ${JSON.stringify(directory)}`, () => {
      const [problem, ...others] = acmeProblems({ ...acme, directory }, []);
      assert.deepEqual([problem?.path, problem?.value, others], ["certificates.acme.directory", directory, []]);
    });
  }

  for (const email of ["admin", "admin@", "a@b", "a@example.com,b@example.com", "a b@example.com", ""]) {
    it(`is not given ${JSON.stringify(email)} as an address`, () => {
      assert.deepEqual(
        acmeProblems({ ...acme, email }, []).map(({ path, value }) => [path, value]),
        [["certificates.acme.email", email]],
      );
    });
  }

  it("signs no private names when it is Let's Encrypt, and each is a problem of its own", () => {
    const names = ["localhost", "app.localhost", "db.internal", "www.test", "printer.local", "nas.home.arpa"];
    assert.deepEqual(
      acmeProblems({ ...acme, directory: letsEncrypt.staging }, [site("example.com"), site(...names)]).map(
        ({ path }) => path,
      ),
      names.map((_, index) => `apps[1].routes[${index}].domain`),
    );
  });

  it("may sign private names when it is one's own", () => {
    assert.deepEqual(
      acmeProblems({ ...acme, directory: "https://ca.internal/acme/directory" }, [site("db.internal")]),
      [],
    );
  });
});

describe("what certbot runs after a renewal", () => {
  it("is a program that Python can compile, for root and by root", () => {
    const { path, content, mode, owner } = deployHook();
    assert.deepEqual([path, mode, owner], ["/etc/letsencrypt/renewal-hooks/deploy/landfall", "0755", "root"]);
    execFileSync("python3", ["-c", "import sys; compile(sys.stdin.read(), 'hook', 'exec')"], { input: content });
  });
});
