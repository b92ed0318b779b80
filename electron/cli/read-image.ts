import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { resolve } from 'node:path';
import { findArchiveExtension } from '#contract/domain/archive-extensions.ts';
import type { AnalysisProgress } from '#contract/schema/analysis.ts';
import { words } from '#contract/words/words.ts';
import { AppError } from '#core/util/app-error.ts';
import { scanEngineImage, scanPath, scanStream } from '#core/analysis/scan-image.ts';
import type { ScannedImage } from '#core/analysis/scan-image.ts';
import { imagePath } from '#core/images/image-path.ts';
import type { ImageChoice } from '#core/archive/choose-candidate.ts';
import type { LayerSource } from '#core/analysis/read-layer-files.ts';
import type { Shell } from './shell.ts';

/** What the options of a command choose. */
export interface CommandChoice extends ImageChoice {
  /** The name or address of an engine; null for the one that docker uses. */
  readonly engine: string | null;
}

/** The choice of the options --platform, --image and --engine. */
export function readChoice(
  options: Partial<Record<'platform' | 'image' | 'engine', string | undefined>>
): CommandChoice {
  const { platform = null, image = null, engine = null } = options;
  return { platform, reference: image, engine };
}

/**
 * An existing file or folder is read from disk; "-" is the standard input; any other name is an image of the engine.
 * Throws archive-unreadable, what scanPath, scanStream and scanEngineImage throw, and what opening an engine throws.
 */
export async function readImage(image: string, choice: CommandChoice, shell: Shell): Promise<ScannedImage> {
  const { engine, ...inArchive } = choice;
  const options = { signal: shell.signal, choice: inArchive, onProgress: createProgressLogger(shell.log) };
  if (image === '-') return scanStream(shell.stdin, { kind: 'archive', name: words.cli.standardInput }, options);
  const path = resolve(shell.folder, image);
  const exists = await stat(path).then(
    () => true,
    () => false
  );
  if (exists) return scanPath(path, options);
  if (/^[./~]/.test(image) || findArchiveExtension(image) !== null) {
    throw new AppError('archive-unreadable', { archive: image, detail: { reason: 'no-such-file' } });
  }
  return scanEngineImage(await shell.openEngine(engine), image, options);
}

/** The source of an image, to read more of its files. The standard input cannot be read again. */
export function sourceOf(
  image: string,
  { source }: ScannedImage,
  { engine: name }: CommandChoice,
  shell: Shell
): LayerSource {
  if (source.kind !== 'engine') return { kind: 'path', path: resolve(shell.folder, image) };
  const open = async (signal: AbortSignal): Promise<Readable> => {
    const engine = await shell.openEngine(name);
    return engine.stream({ method: 'GET', path: imagePath(image, 'get'), signal });
  };
  return { kind: 'stream', name: image, open };
}

const PROGRESS_INTERVAL_BYTES = 256 * 1024 ** 2;

/** Logs that the export of an engine is pending, and then the progress, every 256 MiB. */
export function createProgressLogger(log: (text: string) => void): (progress: AnalysisProgress) => void {
  let next = PROGRESS_INTERVAL_BYTES;
  return ({ phase, readBytes, totalBytes }) => {
    // A registry reports the total size before it sends the first byte, an engine does not.
    if (phase === 'waiting' && totalBytes === null) log(`${words.cli.waitingForEngine}\n`);
    if (readBytes < next) return;
    next = readBytes + PROGRESS_INTERVAL_BYTES;
    const total = totalBytes === null ? null : Math.round(totalBytes / 1e6);
    log(`${words.cli.readProgress(Math.round(readBytes / 1e6), total)}\n`);
  };
}
