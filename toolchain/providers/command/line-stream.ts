import { StringDecoder } from "node:string_decoder";

/** A longer line is shown in pieces, so that output without line ends cannot fill memory; it is well above any terminal. */
const longestLine = 16 * 1024;

/** Cuts bytes as they come into lines. A character of several bytes may come in pieces. */
export class LineStream {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  constructor(private readonly onLine: (line: string) => void) {}

  write(chunk: Buffer): void {
    this.cut(this.decoder.write(chunk));
  }

  /** Passes on what came after the last line end. */
  end(): void {
    this.cut(this.decoder.end());
    if (this.rest !== "") this.onLine(this.rest);
    this.rest = "";
  }

  private cut(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() as string;
    for (const line of lines) this.onLine(line.replace(/\r$/, ""));
    while (this.rest.length > longestLine) {
      this.onLine(this.rest.slice(0, longestLine));
      this.rest = this.rest.slice(longestLine);
    }
  }
}
