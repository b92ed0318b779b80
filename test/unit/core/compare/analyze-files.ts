import { Readable } from 'node:stream';
import { scanStream } from '#core/analysis/scan-image.ts';
import { describeAnalysis, type ImageAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../archive/image-archive.ts';

/** An image of these layers, read from its archive. */
export async function analyze(layers: Files[]): Promise<ImageAnalysis> {
  const archive = await packFiles(legacyFiles(await makeImage(layers)));
  const signal = new AbortController().signal;
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'x.tar' }, { signal });
  return describeAnalysis(scanned, defaultRules);
}
