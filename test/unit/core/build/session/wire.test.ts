import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePacket, encodeDataHead, encodeError, encodeStat, fin } from '#core/build/session/file-sync/packets.ts';
import { FrameReader, frameHead } from '#core/build/session/grpc-frames.ts';
import { sortNames } from '#core/context/sort-names.ts';
import { encode, decode } from './request-files.ts';

const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each));

describe('frames', () => {
  it('are split into the same messages however they arrive', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), fc.array(fc.nat(200), { maxLength: 10 }), (messages, cuts) => {
        const all = Buffer.concat(messages.flatMap((message) => [frameHead(message.length), message]));
        const ends = [...cuts.map((cut) => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
        const reader = new FrameReader();
        const read = ends.flatMap((end, index) => [...reader.read(all.subarray(ends[index - 1] ?? 0, end))]);
        expect(read).toEqual(messages);
        expect(reader.isInside).toBe(false);
      })
    );
  });
});

describe('packets', () => {
  const stat = fc.record({
    path: fc.string({ unit: 'grapheme', minLength: 1 }),
    mode: fc.nat(0xffffffff),
    sizeBytes: fc.maxSafeNat(),
    modifiedNs: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    linkname: fc.string({ unit: 'grapheme' })
  });

  it('say of a file what their definition says', () => {
    fc.assert(
      fc.property(stat, (each) => {
        expect(decode(encodeStat(each)).stat).toMatchObject({
          path: each.path,
          mode: each.mode,
          size: String(each.sizeBytes),
          modTime: String(each.modifiedNs),
          linkname: each.linkname
        });
      })
    );
  });

  it('of data, an error and the end are read by their definition', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), bytes, (id, data) => {
        const packet = decode(Buffer.concat([encodeDataHead(id, data.length), data]));
        expect(packet).toMatchObject({ type: 2, ID: id, data });
      })
    );
    expect(decode(encodeError('größe'))).toMatchObject({ type: 4, data: Buffer.from('größe') });
    expect(decode(fin)).toMatchObject({ type: 3 });
  });

  it('of the engine are read, and malformed ones are rejected', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(0xffffffff), bytes, (type, id, data) => {
        const packet = decodePacket(encode({ type, ID: id, data }).subarray(5));
        expect({ ...packet, data: Buffer.from(packet.data) }).toEqual({ type, id, data });
      })
    );
    fc.assert(
      fc.property(bytes, (each) => {
        try {
          decodePacket(each);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      })
    );
  });
});

describe('names', () => {
  it('are sorted by the bytes of their UTF-8', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 4 })), (names) => {
        const wanted = names.map((name) => Buffer.from(name)).sort((a, b) => Buffer.compare(a, b));
        expect(sortNames([...names]).map((name) => Buffer.from(name))).toEqual(wanted);
      })
    );
  });
});
