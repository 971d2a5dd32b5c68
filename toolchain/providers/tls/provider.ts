import type { Provider } from "../provider";
import { certRequest } from "./cert-request";
import { getPublicKey } from "./get-public-key";
import { locallySignedCert } from "./locally-signed-cert";
import { privateKey } from "./private-key";
import { selfSignedCert } from "./self-signed-cert";

/**
 * Stands in for the published `tls` provider 5.5.1, for networks that it cannot be fetched on: same properties, same
 * contents of keys and certificates, same rules for renewal.
 */
export const tlsProvider: Provider = {
  name: "tls",
  version: "5.5.1",
  resources: {
    "tls:index/certRequest:CertRequest": certRequest,
    "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
    "tls:index/privateKey:PrivateKey": privateKey,
    "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
  },
  functions: {
    "tls:index/getPublicKey:getPublicKey": getPublicKey,
  },
};
