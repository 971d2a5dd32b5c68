import { setTimeout as pause } from "node:timers/promises";

import { TestMachine } from "../machine";

/** Debian packages of an ACME authority that tests play with. */
export const authorityPackages = ["certbot", "pebble"];

/** Folders of two authorities on one host: the same program, asked at two addresses. */
export const directories = { first: "https://localhost:14000/dir", second: "https://127.0.0.1:14000/dir" };

const config = {
  pebble: {
    listenAddress: "127.0.0.1:14000",
    managementListenAddress: "127.0.0.1:15000",
    certificate: "/etc/landfall-authority/cert.pem",
    privateKey: "/etc/landfall-authority/key.pem",
    httpPort: 80,
    tlsPort: 443,
    ocspResponderURL: "",
    externalAccountBindingRequired: false,
  },
};

/** Lays Debian's pebble, which issues certificates for names that all lead to the host itself, and has the host trust it. */
export async function layAuthority(host: TestMachine): Promise<void> {
  await host.writeFile("/etc/landfall-authority/config.json", JSON.stringify(config));
  await host.exec(
    `cd /etc/landfall-authority
     openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost \
       -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
     cp cert.pem /usr/local/share/ca-certificates/landfall-authority.crt
     update-ca-certificates >/dev/null 2>&1`,
  );
}

/** Starts the authority. It keeps nothing, so it is started once. */
export async function startAuthority(host: TestMachine): Promise<void> {
  await host.exec(
    `systemd-run --quiet --unit=authority-names pebble-challtestsrv -defaultIPv4 127.0.0.1 -defaultIPv6 "" \
       -dns01 127.0.0.1:8053 -http01 "" -https01 "" -tlsalpn01 ""
     systemd-run --quiet --unit=authority -E PEBBLE_VA_NOSLEEP=1 -E PEBBLE_WFE_NONCEREJECT=0 \
       pebble -config /etc/landfall-authority/config.json -dnsserver 127.0.0.1:8053`,
  );
  while ((await host.attempt(["curl", "-sf", directories.first])).code !== 0) await pause(100);
}
