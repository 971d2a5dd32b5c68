import { entry, text, wholeNumber } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { lastAction } from "./listeners";

/** Why requests by plain HTTP are not sent to TLS for good by these actions; null when they are, or are refused. */
export function plainFault(actions: Value | undefined): string | null | Unknown {
  const action = lastAction(actions);
  if (action === UNKNOWN) return UNKNOWN;
  switch (text(entry(action, "type"))) {
    case "redirect":
      return redirectFault(entry(action, "redirect"));
    case "fixed-response":
      return refusalFault(wholeNumber(entry(entry(action, "fixedResponse"), "statusCode")));
    default:
      return "hands requests on without TLS";
  }
}

/** What is left out keeps what the client asked with: protocol HTTP, the listener's own port. */
function redirectFault(redirect: Value | undefined): string | null | Unknown {
  const [protocol, port, status] = ["protocol", "port", "statusCode"].map((key) => text(entry(redirect, key)));
  if (protocol === UNKNOWN || port === UNKNOWN || status === UNKNOWN) return UNKNOWN;
  if (protocol?.toUpperCase() !== "HTTPS") return "redirects to plain HTTP again";
  if (port !== "443") return "redirects to another port than 443";
  return status === "HTTP_301" ? null : "redirects for this once only, so each visit begins without TLS";
}

function refusalFault(status: ReturnType<typeof wholeNumber>): string | null | Unknown {
  if (status === UNKNOWN) return UNKNOWN;
  return status !== undefined && status >= 400 ? null : "answers without TLS";
}
