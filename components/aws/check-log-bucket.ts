import { Report } from "../app/validation/report";
import { checkRange } from "../app/validation/text";
import { bucketNameFault } from "./names";

/** Reports what is wrong with where access logs are kept: a bucket that is there, or one of their own for some days. */
export function checkLogBucket(logs: { bucketName?: string; keepDays?: number }, report: Report): void {
  const { bucketName, keepDays } = logs;
  const fault = bucketName === undefined ? undefined : bucketNameFault(bucketName);
  if (fault) report.in("bucketName").refuse(bucketName, fault.reason, fault.fix);
  checkRange(keepDays, [1, 36_500], report.in("keepDays"));
  if (bucketName !== undefined && keepDays !== undefined)
    report.in("keepDays").refuse(keepDays, "has no effect on a bucket that is there already", "leave it out");
}
