import type { Definition } from "../definition";
import { arn, newHex, newUuid } from "../identifiers";
import { byDefault, computed, flag, integer, object, required, text, texts } from "../properties";

const file = "internal/service/cloudfront/cache_policy.go";

const items = object({ items: texts });

/** `aws:cloudfront/cachePolicy:CachePolicy`: how long a distribution keeps answers, and what tells them apart. */
export const cachePolicy: Definition = {
  table: {
    inputs: {
      comment: text,
      defaultTtl: byDefault(86_400, integer),
      maxTtl: byDefault(31_536_000, integer),
      minTtl: integer,
      name: text,
      parametersInCacheKeyAndForwardedToOrigin: required(
        object({
          cookiesConfig: required(object({ cookieBehavior: required(text), cookies: items })),
          enableAcceptEncodingBrotli: flag,
          enableAcceptEncodingGzip: flag,
          headersConfig: required(object({ headerBehavior: text, headers: items })),
          queryStringsConfig: required(object({ queryStringBehavior: required(text), queryStrings: items })),
        }),
      ),
    },
    outputs: { arn: computed(text), etag: computed(text) },
    filledIn: ["name"],
  },
  replacement: [],
  neverReplaced: `${file} has neither ForceNew nor RequiresReplace: UpdateCachePolicy takes all of it, its name too`,
  autonaming: { property: "name", maxLength: 255 },

  create(_inputs, { account }) {
    const id = newUuid();
    const outputs = { arn: arn("cloudfront", `cache-policy/${id}`, account), etag: `E${newHex(13).toUpperCase()}` };
    return { id, outputs };
  },
};
