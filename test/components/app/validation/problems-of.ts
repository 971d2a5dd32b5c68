import { validateApps } from "../../../../components/app/validate";

/** The problems of descriptions that need not have the right shape, as `path: value reason; fix`. */
export function problemsOf(...apps: unknown[]): string[] {
  return validateApps(apps as never).map((problem) => {
    const value = problem.value === undefined ? "" : `${JSON.stringify(problem.value)} `;
    return `${problem.path}: ${value}${problem.reason}; ${problem.fix}`;
  });
}

/** The paths that have problems. */
export function pathsOf(...apps: unknown[]): string[] {
  return validateApps(apps as never).map((problem) => problem.path);
}
