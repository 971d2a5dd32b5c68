import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "./instance-type";

/** Id of Debian's newest image for an instance type. Debian lists them in Parameter Store (its wiki, "Cloud/AmazonEC2Image"). */
export function debianImage(debian: number, instanceType: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const name = `/aws/service/debian/release/${debian}/latest/${architectureOf(instanceType)}`;
  // Parameters may be secrets, so the answer as a whole counts as one; the id of a public image is none.
  return pulumi.unsecret(ssm.getParameterOutput({ name }, opts).insecureValue);
}
