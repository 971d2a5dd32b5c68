import assert from "node:assert/strict";
import { namesApps, namesBehaviour, namesWeb } from "../behaviour/names";
import { useSite } from "./site";

describe("names and ports", function () {
  this.timeout(30_000);
  const site = useSite({ debian: 12, apps: [...namesApps], web: namesWeb });
  namesBehaviour(site);

  /** What curl on the machine writes about an answer of the site. */
  const curl = async (address: string, url: string, ...words: string[]): Promise<string> => {
    const { hostname, port, protocol } = new URL(url);
    const resolve = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}:${address}`;
    return await site.machine.exec(["curl", "-skS", "-o", "/dev/null", "--resolve", resolve, ...words, url]);
  };

  for (const url of ["https://www.example.com/", "https://odd.example.com:9988/", "http://plain.example.com:8080/"])
    it(`answers by IPv6: ${url}`, async () => {
      assert.equal(await curl("[::1]", url, "-w", "%{remote_ip} %{http_code}"), "::1 200");
    });

  for (const url of ["https://www.example.com/", "https://odd.example.com:9988/"])
    it(`speaks HTTP/2: ${url}`, async () => {
      assert.equal(await curl("127.0.0.1", url, "--http2", "-w", "%{http_version} %{http_code}"), "2 200");
    });

  it("listens on the ports that were asked for, and on no other", async () => {
    const said = await site.machine.exec("ss -Htln 'sport >= 80 and sport <= 10000' | awk '{print $4}' | sort -u");
    const open = said
      .trim()
      .split("\n")
      .filter((address) => !address.startsWith("127."));
    assert.deepEqual(
      open.sort(),
      ["80", "443", "8080", "9988"].flatMap((port) => [`0.0.0.0:${port}`, `[::]:${port}`]).sort(),
    );
  });
});
