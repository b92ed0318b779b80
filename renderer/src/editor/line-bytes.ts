import type { ImageDetail, LayerOrigin } from '../../../electron/contract/schema/image.ts';

/** What one line of the built Dockerfile put into the image. */
export interface LineBytes {
  /** 1-based, in the text as it was built. */
  readonly line: number;
  readonly sizeBytes: number;
  readonly origin: LayerOrigin;
}

/** Sums the rows of an image by line. The base image's bytes stand at the FROM that brought them, when it is known. */
export function sumLineBytes(image: Pick<ImageDetail, 'history'>, baseLine: number | null): LineBytes[] {
  const sums = new Map<number, LineBytes>();
  for (const row of image.history) {
    const line = row.line ?? (row.origin === 'base' ? baseLine : null);
    if (line === null) continue;
    const before = sums.get(line);
    const isLarger = before === undefined || row.sizeBytes > before.sizeBytes;
    sums.set(line, {
      line,
      sizeBytes: (before?.sizeBytes ?? 0) + row.sizeBytes,
      origin: isLarger ? row.origin : before.origin
    });
  }
  return [...sums.values()].sort((a, b) => a.line - b.line);
}
