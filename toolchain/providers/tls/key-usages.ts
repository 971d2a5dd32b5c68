/** What a key may be used for (RFC 5280, section 4.2.1.3), with the number of its bit. */
export const keyUsageBits = {
  digital_signature: 0,
  content_commitment: 1,
  key_encipherment: 2,
  data_encipherment: 3,
  key_agreement: 4,
  cert_signing: 5,
  crl_signing: 6,
  encipher_only: 7,
  decipher_only: 8,
} as const;

/** What a certificate may be used for (RFC 5280, section 4.2.1.12, and Microsoft's and Netscape's own), with its OID. */
export const extendedKeyUsageOids = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  ipsec_end_system: "1.3.6.1.5.5.7.3.5",
  ipsec_tunnel: "1.3.6.1.5.5.7.3.6",
  ipsec_user: "1.3.6.1.5.5.7.3.7",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
  microsoft_server_gated_crypto: "1.3.6.1.4.1.311.10.3.3",
  netscape_server_gated_crypto: "2.16.840.1.113730.4.1",
  microsoft_commercial_code_signing: "1.3.6.1.4.1.311.2.1.22",
  microsoft_kernel_code_signing: "1.3.6.1.4.1.311.61.1.1",
} as const;

/** All values of `allowedUses`. */
export const usages = [...Object.keys(keyUsageBits), ...Object.keys(extendedKeyUsageOids)].sort();

/** The bits of those uses that are key usages, as one number with the first bit lowest. */
export function keyUsages(allowedUses: readonly string[]): number {
  return allowedUses
    .flatMap((use): number[] => (use in keyUsageBits ? [keyUsageBits[use as keyof typeof keyUsageBits]] : []))
    .reduce((flags, bit) => flags | (1 << bit), 0);
}

/** The OIDs of those uses that are extended key usages, in the order given. */
export function extendedKeyUsages(allowedUses: readonly string[]): string[] {
  return allowedUses.flatMap((use) =>
    use in extendedKeyUsageOids ? [extendedKeyUsageOids[use as keyof typeof extendedKeyUsageOids]] : [],
  );
}
