import assert from "node:assert/strict";

import { appFolder, dataFolder, secretFile } from "../../../components/app/paths";
import { bootstrapPath } from "../../../components/host/cloud-init/units";
import { sha256 } from "../../../components/host/digest";
import { SampleStore } from "../../components/host/apply/sample-host";
import { TestMachine } from "../machine";
import { answer, applied, apply, blog, secretOfShop, shop, useHostWithApps } from "./applying";

async function makeCertificate(host: TestMachine, subject: string): Promise<{ fullchain: string; privkey: string }> {
  const made = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '${subject}' -keyout /root/k -out /root/c`;
  await host.exec(made);
  return { fullchain: await host.readFile("/root/c"), privkey: await host.readFile("/root/k") };
}

describe("a host that gets new plans", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);
  const second = { ...blog, answer: "blog, second edition" };

  it("changes nothing when nothing changed", async () => {
    const mark = "find /etc /opt /usr/local /var/lib/landfall/data -newer /root/mark ! -type d";
    await host.exec("sleep 0.1; touch /root/mark");
    const pids = [await answer(host, blog, "/pid"), await answer(host, shop, "/pid")];
    assert.equal((await applied(host)).stdout, "applied: 2 apps healthy\n");
    const changed = (await host.exec(mark)).split("\n").filter((path) => path && !path.endsWith("/.complete"));
    assert.deepEqual(changed, []);
    assert.deepEqual([await answer(host, blog, "/pid"), await answer(host, shop, "/pid")], pids);
  });

  it("puts new code of one app in place and leaves the others alone", async () => {
    const pid = await answer(host, shop, "/pid");
    const reloads = "systemctl show -p ExecMainStartTimestampMonotonic,StateChangeTimestampMonotonic nginx";
    const web = await host.exec(reloads);
    const plan = sample.publishApps([second, shop]);
    const { status } = await applied(host);
    assert.equal(status.applied, plan);
    assert.equal(await answer(host, second), second.answer);
    assert.equal(await answer(host, shop, "/pid"), pid);
    assert.equal(await host.exec(reloads), web);
  });

  it("hands a secret to its app, and shows it nowhere", async () => {
    assert.equal(await answer(host, shop, "/secret"), sha256(secretOfShop));
    assert.equal((await host.exec(`stat -c '%a %U' ${secretFile("shop", "token")}`)).trim(), "600 root");
    const places = "/var/lib/landfall/status.json /var/lib/landfall/state.json /var/log";
    const found = await host.attempt(
      `journalctl --no-pager | cat - $(find ${places} -type f) | grep -aF '${secretOfShop}'`,
    );
    assert.equal(found.stdout, "");
  });

  it("restarts an app for its new secret, and no other", async () => {
    const pid = await answer(host, second, "/pid");
    sample.setParameter("secrets/shop/token", "another value of the secret");
    await applied(host);
    assert.equal(await answer(host, shop, "/secret"), sha256("another value of the secret"));
    assert.equal(await answer(host, second, "/pid"), pid);
  });

  it("makes a secret up where that is wanted, and keeps it", async () => {
    const bank = { ...blog, name: "bank", domain: "bank.localhost", secret: { name: "key", generate: true } };
    sample.publishApps([second, shop, bank]);
    await applied(host);
    const value = await answer(host, bank, "/secret");
    await applied(host);
    assert.equal(await answer(host, bank, "/secret"), value);
    assert.match(await host.readFile(secretFile("bank", "key")), /^[0-9a-f]{64}$/);
  });

  it("removes an app that is gone, all but its data", async () => {
    await host.exec(`touch ${dataFolder("bank")}/ledger`);
    sample.publishApps([second, shop]);
    await applied(host);
    const left = await host.exec(
      "systemctl list-units --all --no-legend 'app-bank*'; ls /etc/systemd/system /etc/nginx/sites",
    );
    assert.doesNotMatch(left, /bank/);
    assert.equal((await host.attempt(["test", "-e", appFolder("bank")])).code, 1);
    assert.equal((await host.attempt(["test", "-e", `${dataFolder("bank")}/ledger`])).code, 0);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("puts right what was changed by hand", async () => {
    const site = "/etc/nginx/sites/blog.localhost.conf";
    await host.exec(
      `echo '# mine' >> ${site}; chmod 600 ${site}; rm -r ${appFolder("shop")}/current; systemctl stop nginx`,
    );
    await applied(host, "--unattended");
    assert.doesNotMatch(await host.readFile(site), /mine/);
    assert.equal((await host.exec(`stat -c %a ${site}`)).trim(), "644");
    assert.equal(await answer(host, second), second.answer);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("serves a placeholder certificate until the real one is there, and refuses a key that is not its own", async () => {
    const subject = `echo | openssl s_client -connect 127.0.0.1:443 -servername ${shop.domain} 2>/dev/null | openssl x509 -noout -subject`;
    assert.match(await host.exec(subject), /Landfall placeholder/);

    const real = await makeCertificate(host, "/CN=The real one");
    sample.setParameter(`tls/${shop.domain}`, JSON.stringify(real));
    const pid = await answer(host, shop, "/pid");
    await applied(host);
    assert.match(await host.exec(subject), /The real one/);
    assert.equal(await answer(host, shop, "/pid"), pid);

    const other = await makeCertificate(host, "/CN=Another one");
    for (const [value, said] of [
      [JSON.stringify({ ...real, privkey: other.privkey }), /tls\/shop.localhost: privkey does not belong/],
      [JSON.stringify({ ...real, privkey: "no key at all" }), /privkey: not a key/],
      ["not even JSON", /not a JSON object/],
    ] as const) {
      sample.setParameter(`tls/${shop.domain}`, value);
      const { status, stdout, stderr } = await apply(host);
      assert.equal(status.state, "failed");
      assert.match(status.message, said);
      const shown = JSON.stringify(status) + stdout + stderr + (await host.exec("cat /var/log/landfall/apply.log"));
      assert.doesNotMatch(shown, /PRIVATE KEY|no key at all|not even JSON/);
      assert.match(await host.exec(subject), /The real one/);
    }
    sample.setParameter(`tls/${shop.domain}`, JSON.stringify(real));
    await applied(host);
  });

  it("lets a second caller wait and then apply the newest plan", async () => {
    sample.publishApps([{ ...blog, answer: "one" }, shop]);
    const one = host.attempt(["python3", bootstrapPath]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const plan = sample.publishApps([{ ...blog, answer: "two" }, shop]);
    const [first, { status }] = await Promise.all([one, applied(host)]);
    assert.equal(first.code, 0);
    assert.equal(status.applied, plan);
    assert.equal(await answer(host, blog), "two");
  });
});
