import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { buildOnce, runConfined } from "./build";
import { markUsed } from "./unused";
import type { Report } from "./command";
import { codename } from "./debian";
import { cacheHome, checkHoldsMachines } from "./folders";
import { readHostRegistries } from "./host-registries";
import { guestFiles, type GuestFile } from "./registries";

/** What an image holds. */
export interface ImageArgs {
  /** Debian release: 12 or 13. */
  debian: number;
  /** Debian packages beyond the base. @default none */
  packages?: readonly string[];
  /** Where progress goes. @default nowhere */
  report?: Report;
}

/** A machine's root before it is first written to. */
export interface Image {
  /** Folders for an overlay's lower layers, the top one first. */
  layers: string[];
}

// What a cloud image of Debian has and a minimal root lacks, as far as a host plan relies on it.
const basePackages =
  "systemd systemd-sysv dbus cloud-init iproute2 ca-certificates udev netbase python3 curl libpam-systemd".split(" ");

const baseFiles: readonly GuestFile[] = [
  {
    path: "/etc/cloud/cloud.cfg.d/90_landfall.cfg",
    // Without `locale: false` cloud-init reports an error: the program it calls is not in a minimal root. There is no
    // boot loader to ask debconf about, which takes it a fifth of a second.
    content: "datasource_list: [ NoCloud, None ]\nlocale: false\ngrub_dpkg: { enabled: false }\n",
    mode: 0o644,
  },
  {
    // Without this systemd-networkd-wait-online waits 13 s for a router advertisement.
    path: "/etc/systemd/network/10-cloud-init-host0.network.d/landfall.conf",
    content: "[Network]\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n",
    mode: 0o644,
  },
  // An empty id is filled in at each first boot; the word "uninitialized" would start first-boot units as well.
  { path: "/etc/machine-id", content: "", mode: 0o444 },
  { path: "/etc/resolv.conf", content: "", mode: 0o644 },
  { path: "/etc/hosts", content: "127.0.0.1 localhost\n", mode: 0o644 },
];

const debootstrap = 'mmdebstrap --variant=minbase --aptopt="$1" --include="$2" "$3" "$4" ${5:+"$5"} 2>&1';

// The daily timers are off: a fresh machine would fetch from the mirror behind the test's back.
const prepareBase = `
rm -rf "$1/var/lib/cloud/seed" "$1/etc/hostname"
chroot "$1" update-ca-certificates >/dev/null 2>&1
chroot "$1" systemctl --quiet enable systemd-networkd.service
chroot "$1" systemctl --quiet mask systemd-firstboot.service apt-daily.timer apt-daily-upgrade.timer
`;

const installPackages = `
base=$1 upper=$2 work=$3 root=$4; shift 4
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$base,upperdir=$upper,workdir=$work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=0755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
if [ -e /etc/resolv.conf ]; then mount --bind /etc/resolv.conf "$root/etc/resolv.conf"; fi
printf '#!/bin/sh\\nexit 101\\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
export DEBIAN_FRONTEND=noninteractive
chroot "$root" apt-get -q update
chroot "$root" apt-get -q -y --no-install-recommends -o APT::Sandbox::User=root install "$@"
chroot "$root" apt-get clean
rm -f "$root/usr/sbin/policy-rc.d"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/log/apt "$root"/var/log/dpkg.log
`;

/** Finds or makes the image for a release and a set of packages: a base, and a layer for the packages. */
export async function ensureImage(args: ImageArgs): Promise<Image> {
  const suite = codename(args.debian);
  const report = args.report ?? ((): void => undefined);
  const images = join(cacheHome(), "images");
  checkHoldsMachines(images, "LANDFALL_CACHE_HOME");

  const files = guestFiles(await readHostRegistries(), args.debian);
  const waiting = (): unknown => report("guest image: another process is making it; waiting");
  const base = join(
    images,
    `base-${args.debian}-${digest([basePackages, baseFiles, files, debootstrap, prepareBase, process.arch])}`,
  );
  await buildOnce(
    base,
    async (beside) => {
      report(`guest image: making Debian ${args.debian} (${suite}), about half a minute`);
      await makeBase(beside, suite, files);
    },
    waiting,
  );
  await markUsed(base);

  const packages = checkPackages(args.packages ?? []);
  if (packages.length === 0) return { layers: [base] };
  const layer = join(images, `packages-${args.debian}-${digest([base, packages, installPackages])}`);
  await buildOnce(
    layer,
    async (beside) => {
      report(`guest image: adding ${packages.join(", ")} to Debian ${args.debian}`);
      await makeLayer(beside, base, packages);
    },
    waiting,
  );
  await markUsed(layer);
  return { layers: [join(layer, "upper"), base] };
}

async function makeBase(root: string, suite: string, files: readonly GuestFile[]): Promise<void> {
  const sources = files.find((file) => file.path === "/etc/apt/sources.list.d/debian.sources");
  const settings = files.find((file) => file.path === "/etc/apt/apt.conf.d/90host");
  const [sourcesPath, settingsPath] = [`${root}.sources`, `${root}.conf`];
  try {
    if (sources) writeFileSync(sourcesPath, sources.content, { mode: 0o600 });
    writeFileSync(settingsPath, settings?.content ?? "", { mode: 0o600 });
    const archive = sources ? sourcesPath : "";
    await runConfined(debootstrap, [settingsPath, basePackages.join(","), suite, root, archive], {
      env: builderEnvironment(),
    });
  } finally {
    rmSync(sourcesPath, { force: true });
    rmSync(settingsPath, { force: true });
  }
  if (sources) {
    rmSync(join(root, "etc/apt/sources.list"), { force: true });
    rmSync(join(root, "etc/apt/sources.list.d"), { recursive: true, force: true });
  }
  rmSync(join(root, "etc/apt/apt.conf.d/99mmdebstrap"), { force: true });
  for (const file of [...baseFiles, ...files]) writeGuestFile(root, file);
  await runConfined(prepareBase, [root], { env: builderEnvironment() });
}

async function makeLayer(folder: string, base: string, packages: readonly string[]): Promise<void> {
  const [upper, work, root] = ["upper", "work", "root"].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [upper, work, root]) mkdirSync(path, { mode: 0o755 });
  await runConfined(installPackages, [base, upper, work, root, ...packages], { env: builderEnvironment() });
  for (const path of [work, root]) rmSync(path, { recursive: true, force: true });
}

/** Programs in a guest must not see this computer's folders; the way to a mirror they must. */
function builderEnvironment(): NodeJS.ProcessEnv {
  const kept = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  const proxies = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...proxies,
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: "C.UTF-8",
    HOME: "/root",
  };
}

function writeGuestFile(root: string, file: GuestFile): void {
  const path = join(root, file.path);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, file.content, { encoding: file.encoding ?? "utf8" });
  chmodSync(path, file.mode);
}

function checkPackages(packages: readonly string[]): string[] {
  for (const name of packages) {
    if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name))
      throw new Error(`packages ${JSON.stringify(name)} is not a Debian package name`);
  }
  return [...new Set(packages)].sort();
}

const digest = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
