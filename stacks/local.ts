import * as pulumi from "@pulumi/pulumi";
import { LocalSite } from "../components/local/local-site";
import { exampleApps, mailSinkApp } from "../examples/apps";

/** The example apps on this computer: one machine for the sites, one that takes their mail. */
export function local(): object {
  const config = new pulumi.Config();
  const domain = config.get("domain") ?? "landfall.localhost";
  const debian = config.getNumber("debian") ?? 12;

  const mail = new LocalSite("mail", { apps: [mailSinkApp()], debian });
  const web = new LocalSite("web", {
    apps: exampleApps({ domain, mailHost: "mail.internal" }),
    debian,
    httpPort: config.getNumber("httpPort"),
    httpsPort: config.getNumber("httpsPort"),
  });

  return {
    id: web.networkId,
    machines: [mail.machine, web.machine],
    sites: web.sites,
    caCertificate: web.authorityPem,
  };
}
