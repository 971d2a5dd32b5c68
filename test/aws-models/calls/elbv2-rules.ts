import { given } from "../inputs";
import { capitalized } from "./ec2-parameters";

/** What a listener or rule does, as it is recorded. */
export interface RecordedAction {
  readonly type: string;
  readonly order?: number;
  readonly targetGroupArn?: string;
  readonly redirect?: Readonly<Record<string, string>>;
  readonly fixedResponse?: Readonly<Record<string, string>>;
  readonly authenticateOidc?: Readonly<Record<string, unknown>>;
}

/** What a request has to be like, as it is recorded. */
export interface RecordedCondition {
  readonly hostHeader?: { readonly values?: string[] };
  readonly pathPattern?: { readonly values?: string[] };
}

/**
 * Actions as AWS takes them.
 * @throws when one has a part that is not translated
 */
export function actionsOf(actions: readonly RecordedAction[]): (object | undefined)[] {
  return actions.map(({ type, order, targetGroupArn, redirect, fixedResponse, authenticateOidc, ...others }) => {
    refuse(others);
    return given({
      Type: type,
      Order: order,
      TargetGroupArn: targetGroupArn,
      // The provider fills in what stays as it is.
      RedirectConfig:
        redirect && capitalized({ host: "#{host}", path: "/#{path}", port: "#{port}", query: "#{query}", ...redirect }),
      FixedResponseConfig: fixedResponse && capitalized(fixedResponse),
      AuthenticateOidcConfig: authenticateOidc && capitalized(authenticateOidc),
    });
  });
}

/**
 * Conditions as AWS takes them.
 * @throws when one is not translated
 */
export function conditionsOf(conditions: readonly RecordedCondition[]): object[] {
  return conditions.map(({ hostHeader, pathPattern, ...others }) => {
    refuse(others);
    return hostHeader
      ? { Field: "host-header", HostHeaderConfig: { Values: hostHeader.values } }
      : { Field: "path-pattern", PathPatternConfig: { Values: pathPattern?.values } };
  });
}

function refuse(others: object): void {
  const untranslated = Object.keys(others).filter((name) => !name.startsWith("__"));
  if (untranslated.length > 0) throw new Error(`nobody translates a rule with ${untranslated.join(", ")}`);
}
