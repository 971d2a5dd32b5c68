import { createSocket, Socket } from "node:dgram";
import { once } from "node:events";
import { AddressInfo } from "node:net";

/** A record of the stand-in. */
export interface Answer {
  name: string;
  type: keyof typeof types;
  /** A server's name, or `issue amazon.com`. */
  data: string;
}

const types = { NS: 2, CAA: 257 } as const;
const noError = 0;
const noName = 3;

/** Answers questions of DNS on the loopback address, over UDP, in the wire format of RFC 1035. */
export class NameServer {
  /** `NS example.com`, in the order in which it was asked. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly answers: readonly Answer[],
  ) {}

  static async start(answers: readonly Answer[]): Promise<NameServer> {
    const socket = createSocket("udp4");
    const server = new NameServer(socket, answers);
    socket.on("message", (message, { port, address }) => socket.send(server.answer(message), port, address));
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return server;
  }

  /** As resolvers are told of it. */
  get address(): string {
    return `127.0.0.1:${(this.socket.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, "close");
  }

  private answer(query: Buffer): Buffer {
    const { name, end } = nameAt(query, 12);
    const code = query.readUInt16BE(end);
    const type = Object.entries(types).find(([, number]) => number === code)?.[0] ?? String(code);
    this.asked.push(`${type} ${name}`);
    const named = this.answers.filter((answer) => answer.name === name);
    const found = named.filter((answer) => answer.type === type);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(query.readUInt16BE(0), 0);
    head.writeUInt16BE(0x8180 | (named.length ? noError : noName), 2); // an answer; recursion was wanted and is there
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    return Buffer.concat([head, query.subarray(12, end + 4), ...found.map(record)]);
  }
}

function record({ name, type, data }: Answer): Buffer {
  const content = type === "NS" ? nameBytes(data) : caaBytes(data);
  const middle = Buffer.alloc(10);
  middle.writeUInt16BE(types[type], 0);
  middle.writeUInt16BE(1, 2); // the Internet
  middle.writeUInt32BE(60, 4);
  middle.writeUInt16BE(content.length, 8);
  return Buffer.concat([nameBytes(name), middle, content]);
}

function caaBytes(data: string): Buffer {
  const [tag = "", ...value] = data.split(" ");
  return Buffer.concat([Buffer.from([0, tag.length]), Buffer.from(tag + value.join(" "))]);
}

function nameBytes(name: string): Buffer {
  const labels = name === "" ? [] : name.split(".");
  return Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

function nameAt(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.subarray(at + 1, at + 1 + length).toString());
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}
