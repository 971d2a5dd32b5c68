import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";

/** How often a waiting process looks again. */
const lookEveryMilliseconds = 100;
/** How often a holder shows that it lives, for those that cannot see its process. */
const beatEveryMilliseconds = 5_000;
/** A holder that cannot be seen and was silent for so long is taken for dead. */
const silentMilliseconds = 60_000;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** When the process started, in the kernel's ticks: tells a process from a later one with the same id. */
  readonly started: string;
  /** Which processes this id counts among: the machine's boot and the process id namespace. */
  readonly world: string;
}

/** Settings of {@link withLock}. */
export interface LockOptions {
  /** Told once when somebody else holds the lock. @default nobody is told */
  readonly report?: (line: string) => void;
}

/**
 * Does work while holding a lock file, one process and one caller at a time. A lock whose holder died is taken over:
 * a holder on the same machine is looked up by its process, another one (a shared folder) by the age of its last beat.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const token = await acquire(file, options);
  const beat = setInterval(() => touch(file), beatEveryMilliseconds);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    release(file, token);
  }
}

async function acquire(file: string, { report }: LockOptions): Promise<string> {
  const token = `${JSON.stringify(self())} ${randomBytes(8).toString("hex")}`;
  for (let told = false; !take(file, token);) {
    const found = read(file);
    if (found !== undefined && !lives(found, file)) {
      takeAway(file, found);
      continue;
    }
    if (found !== undefined && !told) {
      report?.(`waiting for process ${holder(found)?.pid ?? "?"}, which is doing the same`);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMilliseconds));
  }
  return token;
}

/** A hard link to a finished file: it appears with its content, or not at all when there is one. */
function take(file: string, token: string): boolean {
  const own = `${file}.${randomBytes(8).toString("hex")}`;
  fs.writeFileSync(own, token, { mode: 0o600 });
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/**
 * Removes a dead holder's lock. Two processes may find it dead at once, so the file is first moved aside, which only one
 * can do, and put back when it turns out to be another's new lock.
 */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== dead) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // A third process took the lock in these microseconds, so two hold it now. That is why what is made under a lock
      // is made beside its place and renamed.
    }
  }
  fs.rmSync(aside, { force: true });
}

function release(file: string, token: string): void {
  if (read(file) === token) {
    fs.rmSync(file, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // Gone: somebody cleaned the cache. The work goes on; what it makes is renamed into place in one step anyway.
  }
}

function holder(text: string): Holder | undefined {
  try {
    return JSON.parse(text.slice(0, text.lastIndexOf("}") + 1)) as Holder;
  } catch {
    return undefined;
  }
}

function lives(text: string, file: string): boolean {
  const found = holder(text);
  if (found?.world === self().world) {
    return startOf(found.pid) === found.started;
  }
  try {
    return Date.now() - fs.statSync(file).mtimeMs < silentMilliseconds;
  } catch {
    return false;
  }
}

function self(): Holder {
  return { pid: process.pid, started: startOf(process.pid) ?? "", world: world() };
}

function world(): string {
  try {
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${fs.readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return os.hostname();
  }
}

/** The start time of a process, "alive" where the system does not tell it, nothing when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything; the third is the state (Z: ended,
    // but nobody asked how), the 22nd the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    if (fs.existsSync("/proc/self/stat")) {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "alive" : undefined;
  }
}
