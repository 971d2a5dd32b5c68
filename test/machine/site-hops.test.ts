import assert from "node:assert/strict";
import { join } from "node:path";
import { command } from "../../components/app/presets/command";
import { cloudFrontHop, applicationLoadBalancerHop } from "../../components/host/hop";
import { askHop } from "../components/host/nginx/front-hop";
import { lies } from "../components/host/nginx/lies";
import { useMachine } from "./machine";
import { newStack, useSite } from "./site";

const domain = "hops.example.com";

describe("hops in front of a machine", function () {
  this.timeout(60_000);
  const stack = newStack();
  // Debian's nginx, three times over, each with an address of its own: what a CDN and balancers do to a request.
  const balancers = useMachine({ id: stack, name: "hops", packages: ["nginx"] });
  const addressOf = (hop: number): string => `${balancers.address.replace(/\.\d+$/, "")}.${200 + hop}`;
  const site = useSite({
    stack,
    debian: 12,
    front: () => [
      cloudFrontHop({ addresses: [`${addressOf(1)}/32`] }),
      applicationLoadBalancerHop({ addresses: [`${addressOf(2)}/32`], idleSeconds: 30 }),
      applicationLoadBalancerHop({ addresses: [`${addressOf(3)}/32`] }),
    ],
    apps: [
      command({
        name: "echo",
        source: { directory: join(__dirname, "site-apps/echo") },
        command: ["python3", "echo.py", "echo"],
        routes: [{ domain }],
        health: { contains: '"app": "echo"' },
      }),
    ],
  });

  before(async () => {
    const hop = (number: number): string => {
      const next = number < 3 ? `http://${addressOf(number + 1)}` : `https://${site.machine.address}`;
      return `server {
        listen ${addressOf(number)}:80;
        location / {
          proxy_bind ${addressOf(number)};
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto https;
          proxy_ssl_server_name on;
          proxy_ssl_name ${domain};
          proxy_pass ${next};
        }
      }`;
    };
    for (const number of [1, 2, 3]) await balancers.exec(`ip address add ${addressOf(number)}/24 dev host0`);
    await balancers.writeFile(
      "/etc/nginx/nginx.conf",
      `user www-data;\nevents {}\nhttp { ${[1, 2, 3].map(hop).join("\n")} }\n`,
    );
    await balancers.exec("systemctl restart nginx");
  });

  /** What the app is told by a request that enters at a hop, and so passes it and those behind it. */
  async function told(first: number, headers: Record<string, string>): Promise<Record<string, string>> {
    const question = { host: addressOf(first), port: 80, path: "/a?b", headers: { Host: domain, ...headers } };
    const { status, body } = await askHop(question);
    assert.equal(status, 200, body);
    return (JSON.parse(body) as { headers: Record<string, string> }).headers;
  }

  const expected = (): Record<string, string | undefined> => ({
    "x-forwarded-for": site.machine.gateway,
    "x-real-ip": site.machine.gateway,
    "x-forwarded-proto": "https",
    "x-forwarded-host": `${domain}:${site.httpsPort}`,
    "x-forwarded-port": String(site.httpsPort),
    "x-forwarded-prefix": undefined,
    "x-forwarded-protocol": undefined,
    forwarded: undefined,
    "true-client-ip": undefined,
  });
  const forwarded = (headers: Record<string, string>): Record<string, string | undefined> =>
    Object.fromEntries(Object.keys(expected()).map((name) => [name, headers[name]]));

  for (const count of [1, 2, 3]) {
    const first = 4 - count;
    it(`${count} of them: the app hears of the client, whoever is in between`, async () =>
      assert.deepEqual(forwarded(await told(first, {})), expected()));

    it(`${count} of them: a client that lies is not believed, not even when it names a hop`, async () => {
      const heard = await told(first, { ...lies, "X-Forwarded-For": `6.6.6.6, ${addressOf(2)}` });
      assert.deepEqual(forwarded(heard), expected());
    });
  }

  it("a client that comes past them is not believed either", async () => {
    const answer = await site.request(`${site.origin(domain)}/`, {
      headers: { ...lies, "X-Forwarded-For": `6.6.6.6, ${addressOf(2)}` },
    });
    const { headers } = JSON.parse(answer.body) as { headers: Record<string, string> };
    assert.deepEqual(forwarded(headers), expected());
  });
});
