import assert from "node:assert/strict";

import { python } from "./python";

describe("asking a certificate authority", () => {
  it("says what the authority says, out of all that certbot prints", () => {
    const failed = `Saving debug log to /var/log/letsencrypt/letsencrypt.log
Requesting a certificate for www.example.com

Certbot failed to authenticate some domains (authenticator: webroot). The Certificate Authority reported these problems:
  Domain: www.example.com
  Type:   dns
  Detail: DNS problem: NXDOMAIN looking up A for www.example.com

Hint: The Certificate Authority failed to download the temporary challenge files.

Some challenges have failed.
Ask for help or search for solutions at https://community.letsencrypt.org. See the logfile /var/log/letsencrypt/letsencrypt.log
`;
    const refused = `Saving debug log to /var/log/letsencrypt/letsencrypt.log
An unexpected error occurred:
requests.exceptions.ConnectionError: Connection refused
Ask for help or search for solutions at https://community.letsencrypt.org. See the logfile
`;
    const script = "from landfall_apply.certificates import reason_of\nresult = [reason_of(text) for text in given]";
    assert.deepEqual(python(script, [failed, refused, ""]), [
      "no certificate yet: DNS problem: NXDOMAIN looking up A for www.example.com",
      "no certificate yet: requests.exceptions.ConnectionError: Connection refused",
      "no certificate yet: certbot failed without a word",
    ]);
  });

  it("forgets what it asked for domains that are gone, once certbot lets it, and nothing of others", () => {
    const script = `
from types import SimpleNamespace
from landfall_apply import certificates
from landfall_apply.state import State
asked, busy = [], True
def run(argv, **_):
    asked.append(argv[-1])
    return SimpleNamespace(returncode=1 if busy else 0)
certificates.run = run
certificates.os.path.exists = lambda path: not path.endswith("never.example.conf")
state = State(certified=["gone.example", "kept.example", "never.example"])
report = SimpleNamespace(step=lambda _: None)
result = []
for busy in (True, False):
    certificates.forget_certificates(["kept.example", "new.example"], state, report)
    result.append([asked, state.certified])
    asked = []
`;
    assert.deepEqual(python(script), [
      [["gone.example"], ["gone.example", "kept.example", "new.example"]],
      [["gone.example"], ["kept.example", "new.example"]],
    ]);
  });

  it("waits longer after each failure, at most half a day, and forgets them once it has succeeded", () => {
    const script = `
import time
from landfall_apply.certificates import note_answer
from landfall_apply.state import State
state, pauses = State(), []
for problem in given:
    note_answer(state, "a.example", problem)
    known = state.uncertified.get("a.example")
    pauses.append(round((known["askAgain"] - time.time()) / 60) if known else None)
result = pauses
`;
    const failures = Array.from({ length: 8 }, () => "refused");
    assert.deepEqual(python(script, [...failures, "", "refused"]), [15, 30, 60, 120, 240, 480, 720, 720, null, 15]);
  });

  it("never fails a name as often as Let's Encrypt's limits on failed validations allow", () => {
    // 5 in an hour; 1,152 in a row, of which one a day is forgiven (letsencrypt.org/docs/rate-limits).
    const script = `
import time
from landfall_apply.certificates import note_answer
from landfall_apply.state import State
state, moments, now = State(), [], 0.0
real = time.time
time.time = lambda: now
while now < 365 * 86400:
    moments.append(now)
    note_answer(state, "a.example", "refused")
    now = state.uncertified["a.example"]["askAgain"]
result = moments
`;
    const moments = python(script) as number[];
    const inAnyHour = moments.map(
      (moment) => moments.filter((other) => other >= moment && other < moment + 3600).length,
    );
    assert.ok(Math.max(...inAnyHour) < 5, `${Math.max(...inAnyHour)} in an hour`);
    assert.ok(moments.length - 365 < 1152, `${moments.length} in a year`);
  });

  it("finds a certificate late when less than a sixth of its time is left", () => {
    const script = "from landfall_apply.certificates import is_late\nresult = [is_late(*dates) for dates in given]";
    const dates = (now: string): string[] => ["2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", now];
    assert.deepEqual(
      python(script, [dates("2026-03-01T00:00:00Z"), dates("2026-03-16T12:00:00Z"), dates("2026-03-18T00:00:00Z")]),
      [false, false, true],
    );
  });

  it("tells in the message only of certificates that have a problem", () => {
    const script = "from landfall_apply.certificates import certificates_message\nresult = certificates_message(given)";
    const good = { domain: "a.example", issued: true, notAfter: "x", problem: null };
    const bad = { domain: "b.example", issued: false, notAfter: null, problem: "no certificate yet: refused" };
    assert.equal(python(script, [good, bad]), "; b.example: no certificate yet: refused");
  });
});
