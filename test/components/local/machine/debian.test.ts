import assert from "node:assert/strict";
import { codename, debianSources } from "../../../../components/local/machine/debian";

const deb822 = `Types: deb deb-src
# snapshot of some day
URIs: https://mirror.example.com/debian
Suites: bookworm bookworm-updates bookworm-backports
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://mirror.example.com/node
Suites: nodistro
Components: main
`;

describe("debianSources", () => {
  it("asks the host's mirror for the guest's release", () => {
    assert.equal(
      debianSources([deb822], "bookworm", "trixie"),
      `Types: deb
URIs: https://mirror.example.com/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`,
    );
  });

  it("reads the one-line format with its options", () => {
    const line =
      "deb [arch=amd64 trusted=yes signed-by=/etc/key.gpg] http://mirror/debian bookworm-security main non-free";
    assert.equal(
      debianSources([line], "bookworm", "bookworm"),
      "Types: deb\nURIs: http://mirror/debian\nSuites: bookworm-security\nComponents: main non-free\nTrusted: yes\nSigned-By: /etc/key.gpg\n",
    );
  });

  it("keeps a key that is written into the source list", () => {
    const text = "Types: deb\nURIs: http://m\nSuites: trixie\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n";
    assert.ok(debianSources([text], "trixie", "trixie")?.endsWith("Signed-By: \n -----BEGIN\n .\n abc\n"));
  });

  it("passes over sources that are switched off, for other products, or for source packages", () => {
    const texts = [
      "Types: deb\nURIs: http://m\nSuites: trixie\nComponents: main\nEnabled: no\n",
      "deb https://packages.example.com/apt cloud-sdk-trixie main",
      "# deb http://m trixie main",
      "deb-src http://m trixie main",
    ];
    assert.equal(debianSources(texts, "trixie", "trixie"), undefined);
  });
});

describe("codename", () => {
  it("names the choices for a release that machines cannot run", () => {
    assert.throws(() => codename(11), /debian 11 is not a release that machines can run: 12 or 13/);
  });
});
