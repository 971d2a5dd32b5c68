/**
 * Whether a pattern of a load balancer or CDN matches a text: `*` stands for any characters or none, `?` for exactly one
 * (Elastic Load Balancing, "Condition types for listener rules"; CloudFront, "Path pattern").
 */
export function wildcardMatches(pattern: string, text: string): boolean {
  return matches(pattern, text, () => true);
}

/** Whether a pattern matches whatever another one matches. */
export function wildcardCovers(pattern: string, other: string): boolean {
  return matches(pattern, other, (character) => character !== "*");
}

/**
 * Goes through both once, back to behind the last `*` where they part: a pattern of many `*` costs no more than their
 * product.
 *
 * @param isOne whether `?` stands for a character
 */
function matches(pattern: string, text: string, isOne: (character: string) => boolean): boolean {
  let [at, star, retry] = [0, -1, 0];
  for (let next = 0; next < text.length;) {
    const [wanted, given] = [pattern[at], text[next]!];
    if (wanted === "*") [star, retry] = [at++, next];
    else if (wanted === given || (wanted === "?" && isOne(given))) {
      at++;
      next++;
    } else if (star >= 0) [at, next] = [star + 1, ++retry];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
