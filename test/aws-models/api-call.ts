/** A call of AWS's API, as its SDK for Python takes it. */
export interface ApiCall {
  /** The resource that it makes, or makes a part of. */
  readonly urn: string;
  /** As botocore names it, e.g. `ec2`. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: Parameters;
  /** What the answer says the new id is, where AWS draws it: the recorded id stands for it in later calls. */
  readonly draws?: { readonly id: string; readonly from: string };
  /** What AWS says afterwards about what was made. @default nothing is asked */
  readonly readBack?: ReadBack;
  /** Where moto does otherwise than AWS: why, and the error that it gives. @default moto takes the call */
  readonly motoRefuses?: { readonly reason: string; readonly error: RegExp };
}

export type Parameters = Readonly<Record<string, unknown>>;

/** A question about a resource, and the answer that it should have. */
export interface ReadBack {
  readonly operation: string;
  readonly parameters: Parameters;
  /** The answer's parts, as JMESPath expressions, and what they have to be. */
  readonly expected: Readonly<Record<string, unknown>>;
}
