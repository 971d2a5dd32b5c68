/** What is installed on a Debian release, as far as it decides what is rendered. Upstream versions, e.g. `1.22.1`. */
export interface Guest {
  /** Debian release, e.g. 12. */
  readonly debian: number;
  readonly nginx: string;
  readonly openssl: string;
  readonly systemd: string;
  readonly python: string;
  readonly redis: GuestRedis;
}

/** The program of a release that speaks Redis' protocol. ElastiCache's is Valkey 8, and a program can do no more here than there. */
export interface GuestRedis {
  readonly package: string;
  readonly program: string;
  /** Unit that the package brings, of one server for everybody on the host. */
  readonly unit: string;
}

const redis: GuestRedis = { package: "redis-server", program: "/usr/bin/redis-server", unit: "redis-server.service" };
const valkey: GuestRedis = {
  package: "valkey-server",
  program: "/usr/bin/valkey-server",
  unit: "valkey-server.service",
};

/** The releases that Landfall renders for. Versions are those of their archives. */
const guests: readonly Guest[] = [
  { debian: 12, nginx: "1.22.1", openssl: "3.0", systemd: "252", python: "3.11", redis },
  { debian: 13, nginx: "1.26.3", openssl: "3.5", systemd: "257", python: "3.13", redis: valkey },
];

/** What is installed on a Debian release. Throws for a release that Landfall does not know. */
export function guest(debian: number): Guest {
  const known = guests.find((candidate) => candidate.debian === debian);
  if (!known)
    throw new Error(
      `debian ${debian} is not a release Landfall renders for; use ${guests.map((one) => one.debian).join(" or ")}`,
    );
  return known;
}

/** Whether a version is at least another, number by number: `1.22.1` is not at least `1.25.1`. */
export function atLeast(version: string, minimum: string): boolean {
  const have = version.split(".").map(Number);
  const want = minimum.split(".").map(Number);
  for (let i = 0; i < Math.max(have.length, want.length); i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
