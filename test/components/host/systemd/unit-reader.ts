/**
 * Reads words as systemd does (systemd.syntax(7), systemd.service(5)): quotes, backslashes, specifiers and, on command
 * lines, variables. Of specifiers and variables only the doubled signs are known, which is all that our units may hold.
 */
export function readWords(text: string, commandLine: boolean): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === "\\") {
      const next = text[++i];
      if (next !== "\\" && next !== '"' && next !== "'") throw new Error(`unknown escape \\${next}`);
      word = (word ?? "") + next;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word += character;
    } else if (character === '"' || character === "'") {
      if (word !== undefined) throw new Error("a quote inside a word");
      quote = character;
      word = "";
    } else if (character === " ") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      if (commandLine && character === ";" && word === undefined) throw new Error("another command begins");
      word = (word ?? "") + character;
    }
  }
  if (quote !== undefined) throw new Error("no closing quote");
  if (word !== undefined) words.push(word);
  return words.map((one) => undouble(undouble(one, "%"), commandLine ? "$" : undefined));
}

function undouble(word: string, sign: string | undefined): string {
  if (sign === undefined) return word;
  if (word.replaceAll(sign + sign, "").includes(sign)) throw new Error(`a single ${sign}`);
  return word.replaceAll(sign + sign, () => sign);
}
