/** A value of a header: a text, texts, or 32-bit numbers. */
export type RpmValue = string | string[] | number[];

/** A header as stored in rpm's database. */
export function makeRpmBlob(values: Readonly<Record<number, RpmValue>>): Buffer {
  const index: number[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [tag, value] of Object.entries(values)) {
    const list = typeof value === 'string' ? [value] : value;
    const bytes = list.map((each) => (typeof each === 'string' ? Buffer.from(`${each}\0`) : bigEndian([each])));
    const type = typeof value === 'string' ? 6 : typeof value[0] === 'number' ? 4 : 8;
    index.push(Number(tag), type, offset, list.length);
    data.push(...bytes);
    offset += Buffer.concat(bytes).length;
  }
  return Buffer.concat([bigEndian([index.length / 4, offset, ...index]), ...data]);
}

function bigEndian(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => bytes.writeUInt32BE(number, i * 4));
  return bytes;
}
