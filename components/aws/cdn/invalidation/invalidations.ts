import { CloudFrontClient, CreateInvalidationCommand, GetInvalidationCommand } from "@aws-sdk/client-cloudfront";

/** What is asked of CloudFront. */
export interface Invalidations {
  /**
   * Has copies of paths forgotten; gives the invalidation's id. Undefined when so many are under way that no other is taken.
   *
   * @param reference tells one wish from another: the same one again asks for nothing new
   */
  create(distribution: string, paths: readonly string[], reference: string): Promise<string | undefined>;
  /** Whether every edge has forgotten them. */
  isCompleted(distribution: string, id: string): Promise<boolean>;
}

/** The real ones, with the credentials that the environment has. */
export function cloudFrontInvalidations(): Invalidations {
  // CloudFront is in no region, and its requests are signed for this one.
  const client = new CloudFrontClient({ region: "us-east-1", maxAttempts: 8 });
  return {
    async create(distribution, paths, reference) {
      const Paths = { Quantity: paths.length, Items: [...paths] };
      const InvalidationBatch = { CallerReference: reference, Paths };
      try {
        const { Invalidation } = await client.send(
          new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch }),
        );
        return Invalidation!.Id!;
      } catch (error) {
        if ((error as Error).name === "TooManyInvalidationsInProgress") return undefined;
        throw error;
      }
    },
    async isCompleted(distribution, id) {
      const { Invalidation } = await client.send(new GetInvalidationCommand({ DistributionId: distribution, Id: id }));
      return Invalidation?.Status === "Completed";
    },
  };
}
