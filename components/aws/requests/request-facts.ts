import type { App } from "../../app/app";
import type { SigningRequest } from "../../host/tls/signing-request";
import type { WebServerSnippet } from "../../host/web-server/snippet";
import type { WebServerArgs } from "../../host/web-server/web-server";
import type { SiteContract } from "../contract";

/** What a sheet of requests is made from. */
export interface RequestFacts {
  /** Name of the site, which its roles begin with. */
  site: string;
  apps: readonly App[];
  /** What the deployment keeps; ports are opened for it, and policies are held against it. */
  contract: SiteContract;
  /** Kinds of the resources that are made. */
  kinds: readonly string[];
  /** Address that clients connect to; empty where names lead to a balancer. */
  address: string;
  /** Records that others create; empty for none. */
  zoneFile: string;
  /** The client's web server in front. @default none */
  webServer?: WebServerArgs;
  /** What it is to be set to. */
  snippets: readonly WebServerSnippet[];
  /** Certificates that an authority of the client's is still to sign. */
  unsigned: readonly SigningRequest[];
}
