import { Web, WebProgram } from "../web";
import { TlsFront } from "../web-front";

/** What Pound was told. */
export interface PoundArgs {
  /** What does its job. @default HAProxy */
  program?: TlsFront;
  /** Paths of routes that go to their app, and not to nginx. @default ["/socket.io/"] @example ["/socket.io/", "/events/"] */
  direct?: string[];
  /** Loopback port of nginx. @default 8080 */
  port?: number;
}

/**
 * Pound's job, in the programs of today: TLS ends in front of nginx, some paths go to their app straight and all others to nginx
 * on 8080. hitch and stunnel do not read requests: behind them nginx hands over those paths as well, and the app answers as before.
 *
 * @example
 * new LocalSite("data", { apps: [live], web: pound() });
 */
export function pound({ program = TlsFront.HAProxy, direct = ["/socket.io/"], port }: PoundArgs = {}): Web {
  return {
    program: WebProgram.Nginx,
    front: { program, ...(port !== undefined && { port }), ...(program === TlsFront.HAProxy && { direct }) },
  };
}
