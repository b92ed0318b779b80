import protobuf from 'protobufjs/light.js';

/** Types of packets. Both sides send FIN when they are done, and ERR with a text when they fail. */
export const packetType = { stat: 0, request: 1, data: 2, fin: 3, error: 4 } as const;

/**
 * What is said of a file, folder or link. `mode` is Go's FileMode. `linkname` is a symlink's target, or for a further name
 * of a file the path of its first.
 */
export interface FileStat {
  readonly path: string;
  readonly mode: number;
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
  readonly linkname: string;
}

export interface Packet {
  readonly type: number;
  /** Of a file: its index among the STAT packets. */
  readonly id: number;
  readonly data: Uint8Array;
}

/** https://github.com/tonistiigi/fsutil/tree/master/types: field numbers with their wire types. */
const packetTags = { type: 0x08, stat: 0x12, id: 0x18, data: 0x22 };
const statTags = { path: 0x0a, mode: 0x10, size: 0x28, modTime: 0x30, linkname: 0x3a };

type Int64 = Parameters<protobuf.Writer['int64']>[0];

/** A STAT packet. Owners are left out, so that files belong to 0:0 as in a tar of ours, and so are extended attributes. */
export function encodeStat({ path, mode, sizeBytes, modifiedNs, linkname }: FileStat): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.stat).fork();
  writer.uint32(statTags.path).string(path).uint32(statTags.mode).uint32(mode);
  if (sizeBytes > 0) writer.uint32(statTags.size).int64(sizeBytes);
  writer.uint32(statTags.modTime).int64(toInt64(modifiedNs));
  if (linkname !== '') writer.uint32(statTags.linkname).string(linkname);
  return writer.ldelim().finish();
}

/** All fields have their defaults: STAT without a stat. */
export const listEnd: Uint8Array = new Uint8Array();

/** What comes before the bytes of a DATA packet. Without bytes it says that the file has ended. */
export function encodeDataHead(id: number, lengthBytes: number): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.type).uint32(packetType.data);
  writer.uint32(packetTags.id).uint32(id);
  if (lengthBytes > 0) writer.uint32(packetTags.data).uint32(lengthBytes);
  return writer.finish();
}

export const fin: Uint8Array = Uint8Array.of(packetTags.type, packetType.fin);

/** The engine writes the text into the build's error, after "error from sender: ". */
export function encodeError(text: string): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.type).uint32(packetType.error);
  return writer.uint32(packetTags.data).bytes(Buffer.from(text)).finish();
}

/** Reads a packet of the engine's, which sends no stats. Throws for bytes that are none. */
export function decodePacket(message: Uint8Array): Packet {
  const reader = protobuf.Reader.create(message);
  let packet: Packet = { type: packetType.stat, id: 0, data: new Uint8Array() };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === packetTags.type) packet = { ...packet, type: reader.uint32() };
    else if (tag === packetTags.id) packet = { ...packet, id: reader.uint32() };
    else if (tag === packetTags.data) packet = { ...packet, data: reader.bytes() };
    else reader.skipType(tag & 7);
  }
  return packet;
}

function toInt64(value: bigint): Int64 {
  const low = Number(BigInt.asIntN(32, value));
  const high = Number(BigInt.asIntN(32, value >> 32n));
  return { low, high, unsigned: false };
}
