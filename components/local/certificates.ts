import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

/** What a local certificate is made for. */
export interface LocalCertificateArgs {
  /** The host name that it is called by. */
  domain: string;
  /** Further host names. @default none */
  names?: string[];
}

/** What local certificates are made for. */
export interface LocalCertificatesArgs {
  certificates: LocalCertificateArgs[];
}

/** Life of the authority: longer than any local environment lives. */
const authorityHours = 10 * 365 * 24;

/** 90 days, the lifespan that Mozilla's guideline 6.0 recommends; renewed by an `up` in the last 30. */
const certificateHours = 90 * 24;
const earlyRenewalHours = 30 * 24;

/**
 * A certificate authority of one local site, and a certificate for each domain. Trust the authority once
 * (`curl --cacert`, a browser's settings) and every site on this computer is trusted.
 *
 * @example
 * const certificates = new LocalCertificates("demo", { certificates: [{ domain: "demo.localhost" }] });
 */
export class LocalCertificates extends pulumi.ComponentResource {
  /** The authority's certificate, PEM. */
  readonly authorityPem: pulumi.Output<string>;
  /** By domain: certificate chain and private key, PEM. Secret. */
  readonly certificates: Record<string, pulumi.Output<{ fullchain: string; privkey: string }>>;

  /** By domain: what another authority would be asked with, PEM. */
  readonly requests: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: LocalCertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:LocalCertificates", name, args, opts);
    const authorityKey = new tls.PrivateKey(
      `${name}-authority`,
      { algorithm: "ECDSA", ecdsaCurve: "P256" },
      { parent: this },
    );
    const authority = new tls.SelfSignedCert(
      `${name}-authority`,
      {
        privateKeyPem: authorityKey.privateKeyPem,
        isCaCertificate: true,
        setSubjectKeyId: true,
        subject: { commonName: `Landfall local authority of ${name}`, organization: "Landfall" },
        validityPeriodHours: authorityHours,
        allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
      },
      { parent: this },
    );

    this.authorityPem = authority.certPem;
    this.certificates = {};
    this.requests = {};
    for (const { domain, names = [] } of args.certificates) {
      const key = new tls.PrivateKey(`${name}-${domain}`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, { parent: this });
      const request = new tls.CertRequest(
        `${name}-${domain}`,
        { privateKeyPem: key.privateKeyPem, subject: { commonName: domain }, dnsNames: [domain, ...names] },
        { parent: this },
      );
      // It comes from the key, which is a secret, and is for others to read.
      this.requests[domain] = pulumi.unsecret(request.certRequestPem);
      const certificate = new tls.LocallySignedCert(
        `${name}-${domain}`,
        {
          certRequestPem: request.certRequestPem,
          caPrivateKeyPem: authorityKey.privateKeyPem,
          caCertPem: authority.certPem,
          validityPeriodHours: certificateHours,
          earlyRenewalHours,
          allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
        },
        { parent: this },
      );
      this.certificates[domain] = pulumi.secret(
        pulumi.all([certificate.certPem, key.privateKeyPem]).apply(([fullchain, privkey]) => ({ fullchain, privkey })),
      );
    }
    this.registerOutputs({ authorityPem: this.authorityPem });
  }
}
