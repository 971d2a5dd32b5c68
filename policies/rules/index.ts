import { Rule } from "../rule";
import { appFilesPresent } from "./app-files-present";
import { bakVolumeCovered } from "./bak-volume-covered";
import { cacheNotPrivate } from "./cache-not-private";
import { cfOriginLocked } from "./cf-origin-locked";
import { cfOriginTls } from "./cf-origin-tls";
import { cfViewerHttps } from "./cf-viewer-https";
import { corsSafe } from "./cors-safe";
import { dnsPathRouted } from "./dns-path-routed";
import { dnsPointsToEntry } from "./dns-points-to-entry";
import { dnsRecordPerHost } from "./dns-record-per-host";
import { fileTypesDenied } from "./file-types-denied";
import { hdrInheritance } from "./hdr-inheritance";
import { hdrNosniff } from "./hdr-nosniff";
import { logAccess } from "./log-access";
import { netAppPortPrivate } from "./net-app-port-private";
import { netDeclaredPortReachable } from "./net-declared-port-reachable";
import { netIngressDeclaredOnly } from "./net-ingress-declared-only";
import { netMailLdapDeclared } from "./net-mail-ldap-declared";
import { netNoAdminWorld } from "./net-no-admin-world";
import { netNoMixedRules } from "./net-no-mixed-rules";
import { portChainConsistent } from "./port-chain-consistent";
import { proxyHeaders } from "./proxy-headers";
import { proxyUpstreamLocal } from "./proxy-upstream-local";
import { svcNotRoot } from "./svc-not-root";
import { svcUnitDeclared } from "./svc-unit-declared";
import { svcWorkingDirectory } from "./svc-working-directory";
import { tlsCertCoversHost } from "./tls-cert-covers-host";
import { tlsCertRegion } from "./tls-cert-region";
import { tlsCertValidated } from "./tls-cert-validated";
import { tlsHsts } from "./tls-hsts";
import { tlsListener } from "./tls-listener";
import { tlsNginx } from "./tls-nginx";
import { tlsPolicy } from "./tls-policy";
import { tlsRedirect } from "./tls-redirect";
import { udNoSecret } from "./ud-no-secret";
import { udParses } from "./ud-parses";
import { vmDiskEncrypted } from "./vm-disk-encrypted";
import { vmImdsv2 } from "./vm-imdsv2";

/** All rules, in the order of the checklist. */
export const rules: readonly Rule[] = [
  udParses,
  udNoSecret,
  appFilesPresent,
  svcUnitDeclared,
  svcWorkingDirectory,
  svcNotRoot,
  netIngressDeclaredOnly,
  netNoAdminWorld,
  netAppPortPrivate,
  netMailLdapDeclared,
  netNoMixedRules,
  netDeclaredPortReachable,
  cfOriginLocked,
  dnsRecordPerHost,
  dnsPointsToEntry,
  dnsPathRouted,
  portChainConsistent,
  tlsNginx,
  tlsListener,
  tlsRedirect,
  tlsHsts,
  tlsPolicy,
  tlsCertCoversHost,
  tlsCertValidated,
  tlsCertRegion,
  cfViewerHttps,
  cfOriginTls,
  proxyHeaders,
  proxyUpstreamLocal,
  hdrNosniff,
  hdrInheritance,
  fileTypesDenied,
  corsSafe,
  cacheNotPrivate,
  vmImdsv2,
  vmDiskEncrypted,
  bakVolumeCovered,
  logAccess,
];
