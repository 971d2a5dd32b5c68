import type { Definition } from "../definition";
import { arn, newHex } from "../identifiers";
import { computed, integer, object, required, text, textMap, texts } from "../properties";

/** `aws:cloudfront/vpcOrigin:VpcOrigin`: a machine or balancer that only distributions of its owner reach. */
export const vpcOrigin: Definition = {
  table: {
    inputs: {
      tags: textMap,
      timeouts: object({ create: text, delete: text, update: text }),
      vpcOriginEndpointConfig: required(
        object({
          arn: required(text),
          httpPort: required(integer),
          httpsPort: required(integer),
          name: required(text),
          originProtocolPolicy: required(text),
          originSslProtocols: required(object({ items: required(texts), quantity: required(integer) })),
        }),
      ),
    },
    outputs: { arn: computed(text), etag: computed(text), tagsAll: computed(textMap) },
  },
  replacement: [],
  neverReplaced: "internal/service/cloudfront/vpc_origin.go has neither ForceNew nor RequiresReplace",

  create(_inputs, { account }) {
    const id = `vo_${newHex(22)}`;
    const outputs = { arn: arn("cloudfront", `vpcorigin/${id}`, account), etag: `E${newHex(13).toUpperCase()}` };
    return { id, outputs };
  },
};
