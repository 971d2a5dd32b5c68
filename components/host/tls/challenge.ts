/** Path of the challenges of certificate authorities (RFC 8555, section 8.3). */
export const challengePath = "/.well-known/acme-challenge/";

/** Folder from which web servers answer them. */
export const acmeFolder = "/var/lib/landfall/acme";
