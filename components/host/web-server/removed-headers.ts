/**
 * Headers by which hops tell an app about the client, in the many spellings that programs believe, and those that would
 * let a client choose another path, host or proxy. No web server passes any of them on as the client sent it.
 */
export const removedHeaders = [
  "CF-Connecting-IP",
  "Client-IP",
  "Forwarded",
  "Front-End-Https",
  "Proxy",
  "True-Client-IP",
  "X-Client-IP",
  "X-Cluster-Client-IP",
  "X-Forwarded",
  "X-Forwarded-By",
  "X-Forwarded-Path",
  "X-Forwarded-Protocol",
  "X-Forwarded-Scheme",
  "X-Forwarded-Server",
  "X-Forwarded-Ssl",
  "X-Forwarded-Uri",
  "X-Host",
  "X-Http-Host-Override",
  "X-Original-Host",
  "X-Original-URI",
  "X-Original-URL",
  "X-Originating-IP",
  "X-Remote-Addr",
  "X-Remote-IP",
  "X-Rewrite-URL",
  "X-Script-Name",
  "X-Url-Scheme",
] as const;
