import { awsSite } from "./aws-site";

/** The example apps in AWS as one would run them: machine, address, data and bucket are protected. */
export function prod(): object {
  return awsSite({ protection: true });
}
