/** Words that stand where a secret will be. */
const placeholderWords =
  /^(change[-_ ]?(me|it|this)|(your|my|some|the|a)[-_ ].*|.*[-_ ]?here|example.*|.*example(key)?|placeholder|dummy|redacted|hidden|masked|todo|tbd|fixme|replace[-_ ]?.*|password|passwd|secret|token|none|null|nil|undefined|true|false|yes|no|on|off)$/i;

/** Types and calls of programming languages, which follow `password:` and `token =` in source code. */
const code =
  /^(str|string|bytes|int|bool|any|optional|self|os|process|config|settings|request|env)\b|^[A-Za-z_]\w*(\.\w+)+$|[(\[]/i;

/**
 * Whether what stands in the place of a secret is none: a variable, a command, a path, a name to look it up by, a word
 * that is to be replaced.
 *
 * @param quoted whether it stands in quotes, so that it is no piece of a program
 */
export function isPlaceholder(value: string, quoted: boolean): boolean {
  return (
    value.length < 4 ||
    /[$`]|%[(s]|\{\{|^\{.*\}$|^<|^\[.*\]$|^@/.test(withoutHash(value)) ||
    /^(~?\.{0,2}\/|[a-z]:\\|arn:|file:|vault:|ssm:|https?:\/\/[^@]*$)/i.test(value) ||
    /^(.)\1*$|^\.\.\.|…/.test(value) ||
    isHash(value) ||
    placeholderWords.test(value) ||
    (!quoted && code.test(value))
  );
}

/** A password that crypt(3) has hashed, e.g. `$6$salt$…`, is not in clear. */
function isHash(value: string): boolean {
  return /^\$(1|2[abxy]|5|6|7|y|gy|argon2id?)\$/.test(value);
}

/** Hashes have dollar signs that are no variables. */
const withoutHash = (value: string): string => (isHash(value) ? "" : value);
