import assert from "node:assert/strict";
import { pipFile } from "../../../../components/local/machine/host-registries";
import { guestFiles, type GuestFile, type HostRegistries } from "../../../../components/local/machine/registries";

const plain: HostRegistries = {
  codename: null,
  aptSources: [],
  aptSettings: [],
  aptFiles: [],
  certificates: [],
  pip: {},
  uvToml: null,
  uv: {},
  npm: [],
  proxies: {},
};

function file(host: Partial<HostRegistries>, path: string): GuestFile | undefined {
  return guestFiles({ ...plain, ...host }, 12).find((guest) => guest.path === path);
}

describe("guestFiles", () => {
  it("lays nothing where the computer says nothing special", () => {
    assert.deepEqual(guestFiles(plain, 13), []);
  });

  it("asks the computer's Debian mirror, and leaves the choice to mmdebstrap where it has none", () => {
    const aptSources = ["deb http://mirror/debian bookworm main"];
    const path = "/etc/apt/sources.list.d/debian.sources";
    assert.match(file({ codename: "bookworm", aptSources }, path)?.content ?? "", /^URIs: http:\/\/mirror\/debian$/m);
    assert.equal(file({ codename: "jammy", aptSources: ["deb http://mirror/ubuntu noble main"] }, path), undefined);
  });

  it("takes over settings about mirrors and leaves the computer's own upkeep", () => {
    const aptSettings = [
      'Acquire::Check-Date "false";',
      'Acquire::http::Proxy "http://proxy.example.com:3128";',
      'Acquire::https::CaInfo "/home/me/ca.pem";',
      'Acquire::http::Proxy-Auto-Detect "/usr/bin/find-proxy";',
      'Acquire::cdrom "";',
      'DPkg::Post-Invoke:: "rm -rf /x";',
    ];
    assert.equal(
      file({ aptSettings }, "/etc/apt/apt.conf.d/90host")?.content,
      'Acquire::Check-Date "false";\nAcquire::http::Proxy "http://proxy.example.com:3128";\n',
    );
  });

  it("tells uv what only pip was told", () => {
    const pip = { "index-url": "https://mirror/simple", "extra-index-url": "https://a/simple https://b/simple" };
    assert.equal(
      file({ pip }, "/etc/uv/uv.toml")?.content,
      'index-url = "https://mirror/simple"\nextra-index-url = ["https://a/simple", "https://b/simple"]\n',
    );
  });

  it("believes uv's own settings before pip's", () => {
    const host = { pip: { "index-url": "https://pip/simple" }, uv: { UV_DEFAULT_INDEX: "https://uv/simple" } };
    assert.equal(file(host, "/etc/uv/uv.toml")?.content, 'index-url = "https://uv/simple"\n');
  });

  it("writes pip's settings without paths of the computer, and with the system's certificates", () => {
    const host = {
      pip: { "index-url": "https://mirror/simple", cert: "/home/me/ca.pem", "find-links": "/opt/wheels" },
      certificates: ["-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"],
    };
    assert.equal(
      file(host, "/etc/pip.conf")?.content,
      "[global]\nindex-url = https://mirror/simple\ncert = /etc/ssl/certs/ca-certificates.crt\n",
    );
  });

  it("keeps files with credentials from other users of the machine", () => {
    const host = {
      pip: { "index-url": "https://me:secret@mirror/simple" },
      npm: ["//registry.example.com/:_authToken=secret"],
      proxies: { HTTPS_PROXY: "http://me:secret@proxy:3128" },
    };
    const open = guestFiles({ ...plain, ...host }, 12).filter(
      (guest) => guest.content.includes("secret") && guest.mode !== 0o600,
    );
    assert.deepEqual(open, []);
  });

  it("gives every unit the proxies, in both spellings", () => {
    const content = file(
      { proxies: { HTTPS_PROXY: "http://p:1/%20" } },
      "/etc/systemd/system.conf.d/90-host-proxy.conf",
    )?.content;
    assert.equal(
      content,
      '[Manager]\nDefaultEnvironment="HTTPS_PROXY=http://p:1/%%20"\nDefaultEnvironment="https_proxy=http://p:1/%%20"\n',
    );
  });
});

describe("pipFile", () => {
  it("reads the sections that concern installing, with values of several lines", () => {
    const text =
      "[global]\nindex_url = https://a\nextra-index-url =\n    https://b\n    https://c\n# no\n[freeze]\ntimeout = 1\n[install]\nretries: 3\n";
    assert.deepEqual(pipFile(text), {
      "index-url": "https://a",
      "extra-index-url": "https://b https://c",
      retries: "3",
    });
  });
});
