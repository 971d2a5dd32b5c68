import assert from "node:assert";
import fc from "fast-check";

import { findSecrets } from "../../../policies/secrets/find-secrets";

/** Kinds of what is found, in the order of their lines. */
const kinds = (text: string) => findSecrets(text).map(({ kind }) => kind);

describe("findSecrets", () => {
  const secrets: readonly (readonly [text: string, kind: string])[] = [
    ["id=AKIAQ2RSTUVWXYZABCDE", "an AWS access key id"],
    ["ASIA0123456789ABCDEF", "an AWS access key id"],
    ["aws_secret_access_key = q9Zr/K7MDENG+bPxRfiCYabcdefghij0123456789", "a value for aws_secret_access_key"],
    ["git clone https://ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5z@github.com/a/b", "a token of GitHub"],
    ["key glpat-aB3dE5fG7hI9jK1lM3nO", "a token of GitLab"],
    ["SLACK xoxb-123456789012-abcdefghij", "a token of Slack"],
    [
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
      "a JSON web token",
    ],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n", "a private key"],
    [
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIEpAIBAAKCAQEA7\n",
      "a private key",
    ],
    ['{"key":"-----BEGIN PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7"}', "a private key"],
    ["redis://:hunter2hunter2@cache:6379/0", "a password in an address"],
    ['proxy_set_header Authorization "Basic dXNlcjpwYXNzd29yZA==";', "credentials of an HTTP request"],
    ["curl -fsS -u deploy:hunter22 https://example.com", "a password on a command line"],
    ["mysql -u root -phunter22 app", "a password on a command line"],
    ["sshpass -p hunter22 ssh host", "a password on a command line"],
    ["CREATE USER app IDENTIFIED BY 'hunter22';", "a password"],
    ['ConvertTo-SecureString "hunter22" -AsPlainText -Force', "a password"],
    ["echo root:hunter22 | chpasswd", "a password"],
    ["DB_PASSWORD=hunter22", "a value for DB_PASSWORD"],
    ["    api_key: 'hunter22'", "a value for api_key"],
    ['{"clientSecret": "hunter22"}', "a value for clientSecret"],
    ['password = "os.environ"', "a value for password"],
    ["app --db-password=hunter22", "a value for --db-password"],
    ["chpasswd:\n  list:\n    - root:hunter22\n", "a password of a user"],
  ];
  for (const [text, kind] of secrets)
    it(`finds ${kind} in ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.deepStrictEqual(kinds(text), [kind]);
    });

  const harmless = [
    "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n",
    "-----BEGIN CERTIFICATE-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n",
    'if grep -q "-----BEGIN PRIVATE KEY-----" "$file"; then',
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6 ada",
    "sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "passwd: $6$rounds=4096$salt$Zm9vYmFyYmF6Zm9vYmFyYmF6",
    "passwd:         files systemd",
    "DB_PASSWORD=$(cat /run/secrets/db)",
    'DB_PASSWORD="${DB_PASSWORD:?}"',
    "password: {{ db_password }}",
    "password: <your password>",
    "password=changeme",
    "ssl_password_file /etc/nginx/passwords;",
    "TOKEN_URL=https://id.example.com/token",
    "secret: arn:aws:secretsmanager:eu-west-1:1:secret:db",
    "password = os.environ['DB_PASSWORD']",
    "def login(user: str, password: str) -> bool:",
    "token = request.headers.get('token')",
    "if token == expected:",
    "LoadCredential=cookie-secret:/etc/landfall/secrets/shop/cookie-secret",
    "ExecStart=/usr/local/lib/landfall/with-credentials COOKIE_SECRET=session-key -- /usr/bin/run",
    "COOKIE_SECRET=cookie-secret",
    "redis://cache:6379/0",
    "postgres://app:$PASSWORD@db/app",
    "chpasswd:\n  list:\n    - root:RANDOM\n",
    "proxy_cache_key $host$request_uri;",
  ];
  for (const text of harmless)
    it(`finds nothing in ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.deepStrictEqual(kinds(text), []);
    });

  it("still finds a password behind Landfall's program for credentials", () => {
    const text = "ExecStart=/usr/local/lib/landfall/with-credentials A=b -- /usr/bin/run --password=hunter22";
    assert.deepStrictEqual(kinds(text), ["a value for --password"]);
  });

  it("finds a key wherever it stands, and says in which line", () => {
    const around = fc.string({ unit: fc.constantFrom(" ", "\n", "=", '"', "x ", ";") });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const [found] = findSecrets(`${before} AKIAQ2RSTUVWXYZABCDE ${after}`);
        assert.deepStrictEqual([found?.kind, found?.line], ["an AWS access key id", before.split("\n").length]);
      }),
    );
  });

  it("takes time in proportion to the text, whatever the text is", () => {
    const long = 200_000;
    const started = performance.now();
    for (const unit of ["a", "password", "a-a.", "token=", "-----BEGIN PRIVATE KEY-----\n", "a: b: ", "x://x:", "eyJ."])
      findSecrets(unit.repeat(long / unit.length));
    assert.ok(performance.now() - started < 5000);
  });
});
