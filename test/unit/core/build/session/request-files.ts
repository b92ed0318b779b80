import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import protobuf from 'protobufjs/light.js';
import { frame, splitFrames, startCall, type CallEnd } from './engine-side.ts';

/** The protocol's messages as their .proto files have them, so that ours are read by another reader. */
const root = protobuf.Root.fromJSON({
  nested: {
    Packet: {
      fields: {
        type: { type: 'uint32', id: 1 },
        stat: { type: 'Stat', id: 2 },
        ID: { type: 'uint32', id: 3 },
        data: { type: 'bytes', id: 4 }
      }
    },
    Stat: {
      fields: {
        path: { type: 'string', id: 1 },
        mode: { type: 'uint32', id: 2 },
        uid: { type: 'uint32', id: 3 },
        gid: { type: 'uint32', id: 4 },
        size: { type: 'int64', id: 5 },
        modTime: { type: 'int64', id: 6 },
        linkname: { type: 'string', id: 7 }
      }
    }
  }
});
const packetMessage = root.lookupType('Packet');

export interface ReadStat {
  path: string;
  mode: number;
  size: string;
  modTime: string;
  linkname: string;
}

export interface ReadPacket {
  type: number;
  ID: number;
  data: Buffer;
  stat?: ReadStat;
}

export function decode(message: Uint8Array): ReadPacket {
  const decoded = packetMessage.decode(message);
  return packetMessage.toObject(decoded, { longs: String, defaults: true, bytes: Buffer }) as ReadPacket;
}

export const encode = (packet: { type?: number; ID?: number; data?: Buffer }): Buffer =>
  frame(packetMessage.encode(packet).finish());

const requestType = 1;
const finType = 3;
const errorType = 4;

/** What an engine got of a folder. */
export interface Received extends CallEnd {
  readonly stats: ReadStat[];
  readonly contents: Record<string, string>;
  /** Text of the ERR packet; null without one. */
  readonly error: string | null;
}

/** What an engine does that is not as usual. */
export interface RequestOptions {
  readonly metadata?: OutgoingHttpHeaders;
  /** Requests only these; all files otherwise. */
  readonly wants?: (stat: ReadStat) => boolean;
  readonly onPacket?: (packet: ReadPacket, stream: ClientHttp2Stream) => void;
}

/** Requests a folder's files as an engine does: each as soon as it is listed, FIN when all have come. */
export async function requestFiles(
  connection: ClientHttp2Session,
  path: string,
  { metadata = {}, wants = () => true, onPacket }: RequestOptions = {}
): Promise<Received> {
  const { stream, ended } = startCall(connection, path, { 'dir-name': 'context', ...metadata });
  const stats: ReadStat[] = [];
  const contents: Record<string, string> = {};
  const pending = new Map<number, Buffer[]>();
  let isListed = false;
  let error: string | null = null;
  const finishIfDone = (): void => {
    if (isListed && pending.size === 0 && error === null) stream.write(encode({ type: finType }));
  };
  const handle = (packet: ReadPacket): void => {
    onPacket?.(packet, stream);
    if (packet.type === errorType) error = packet.data.toString();
    else if (packet.type === 0 && packet.stat == null) {
      isListed = true;
      finishIfDone();
    } else if (packet.type === 0 && packet.stat != null) {
      const id = stats.push(packet.stat) - 1;
      const isFile = packet.stat.mode < 2 ** 24 && packet.stat.linkname === '';
      if (!isFile || !wants(packet.stat)) return;
      pending.set(id, []);
      stream.write(encode({ type: requestType, ID: id }));
    } else if (packet.type === 2 && packet.data.length > 0) pending.get(packet.ID)?.push(packet.data);
    else if (packet.type === 2) {
      contents[stats[packet.ID]?.path ?? ''] = Buffer.concat(pending.get(packet.ID) ?? []).toString();
      pending.delete(packet.ID);
      finishIfDone();
    }
  };
  let bytes = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const complete = completeLength(bytes);
    for (const message of splitFrames(bytes.subarray(0, complete))) handle(decode(message));
    bytes = bytes.subarray(complete);
  });
  const end = await ended;
  return { ...end, stats, contents, error };
}

function completeLength(bytes: Buffer): number {
  let at = 0;
  while (at + 5 <= bytes.length && at + 5 + bytes.readUInt32BE(at + 1) <= bytes.length) {
    at += 5 + bytes.readUInt32BE(at + 1);
  }
  return at;
}
