import protobuf from 'protobufjs/light.js';

/** Packet types. Each side sends FIN when it is done, and ERR with a text when it fails. */
export const packetType = { stat: 0, request: 1, data: 2, fin: 3, error: 4 } as const;

/**
 * Metadata of a file, folder or symlink. `mode` is Go's FileMode. `linkname` is the target of a symlink; for a hard link it is
 * the path of the same file that was sent first.
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
  /** A file's index among the STAT packets. */
  readonly id: number;
  readonly data: Uint8Array;
}

/** Field numbers with wire types, from https://github.com/tonistiigi/fsutil/tree/master/types */
const packetTags = { type: 0x08, stat: 0x12, id: 0x18, data: 0x22 };
const statTags = { path: 0x0a, mode: 0x10, size: 0x28, modTime: 0x30, linkname: 0x3a };

type Int64 = Parameters<protobuf.Writer['int64']>[0];

/** A STAT packet. Without owners, so that files belong to 0:0 as in our tar, and without extended attributes. */
export function encodeStat({ path, mode, sizeBytes, modifiedNs, linkname }: FileStat): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.stat).fork();
  writer.uint32(statTags.path).string(path).uint32(statTags.mode).uint32(mode);
  if (sizeBytes > 0) writer.uint32(statTags.size).int64(sizeBytes);
  writer.uint32(statTags.modTime).int64(toInt64(modifiedNs));
  if (linkname !== '') writer.uint32(statTags.linkname).string(linkname);
  return writer.ldelim().finish();
}

/** Ends the list: a STAT packet without a stat, of which all fields have their defaults. */
export const listEnd: Uint8Array = new Uint8Array();

/** The part of a DATA packet before its bytes. A packet without bytes ends the file. */
export function encodeDataHead(id: number, lengthBytes: number): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.type).uint32(packetType.data);
  writer.uint32(packetTags.id).uint32(id);
  if (lengthBytes > 0) writer.uint32(packetTags.data).uint32(lengthBytes);
  return writer.finish();
}

export const fin: Uint8Array = Uint8Array.of(packetTags.type, packetType.fin);

/** The engine adds the text to the build's error, after "error from sender: ". */
export function encodeError(text: string): Uint8Array {
  const writer = protobuf.Writer.create().uint32(packetTags.type).uint32(packetType.error);
  return writer.uint32(packetTags.data).bytes(Buffer.from(text)).finish();
}

/** Decodes a packet from the engine, which never sends stats. Throws if it is malformed. */
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
