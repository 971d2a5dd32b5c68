import { awsSite } from "./aws-site";

/** The example apps in AWS, to try things out: everything can be deleted again. */
export function dev(): object {
  return awsSite({ protection: false });
}
