import * as pulumi from "@pulumi/pulumi";
import { describeProblems, Problem, propertyErrors } from "./app/problem";

/**
 * The problems of a component's description as the error that Pulumi knows, for programs in every language. It has no
 * stack: the paths in it say where to look, and Pulumi prints an error's stack and fields in place of its message.
 *
 * @param subject the component, e.g. `landfall:index:LocalSite 'demo'`
 */
export function inputProblems(subject: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
  const message = describeProblems(subject, problems);
  const error = new pulumi.InputPropertiesError({ message, errors: propertyErrors(problems) });
  return Object.defineProperty(error, "stack", { value: undefined });
}
