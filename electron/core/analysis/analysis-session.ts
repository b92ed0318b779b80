import type { EngineClient } from '../engine/engine-client.ts';
import type { ImageChoice } from '../archive/choose-candidate.ts';
import { identifyImage } from '../images/identify-image.ts';
import { imagePath } from '../images/image-path.ts';
import type { ExplorerContext, ExplorerQueries } from './explore/image-explorer.ts';
import { startImageThread, type ImageThread, type ImageToRead, type ThreadOptions } from './thread/image-thread.ts';

export interface SessionOptions extends ThreadOptions {
  context: ExplorerContext;
  choice?: Partial<ImageChoice>;
}

/** An analyzed image, kept in memory by its own thread. */
export type AnalysisSession = ImageThread<ExplorerQueries>;

/** Analyzes a file or an OCI layout. Throws what `scanPath` throws, and worker-died. */
export function openPathSession(path: string, options: SessionOptions): Promise<AnalysisSession> {
  const { context, choice = {} } = options;
  return startImageThread('explore', [imageFromArchive(path, choice, context)], options);
}

/**
 * Analyzes an engine's image; exports it only if it is not cached. Throws what `scanEngineImage`
 * throws, and worker-died.
 */
export async function openEngineSession(
  engine: EngineClient,
  image: string,
  options: SessionOptions
): Promise<AnalysisSession> {
  const { context, choice = {}, signal } = options;
  return startImageThread('explore', [await imageFromEngine(engine, image, { context, choice, signal })], options);
}

/** Describes an image in a file or an OCI layout for the worker. */
export function imageFromArchive(path: string, choice: Partial<ImageChoice>, context: ExplorerContext): ImageToRead {
  return {
    task: { from: { kind: 'path', path }, choice, context },
    openExport: () => Promise.reject(new TypeError('A file needs no export.'))
  };
}

/** Describes an engine's image for the worker. Throws image-not-found, and what EngineClient throws. */
export async function imageFromEngine(
  engine: EngineClient,
  image: string,
  { context, choice = {}, signal }: Pick<SessionOptions, 'context' | 'choice' | 'signal'>
): Promise<ImageToRead> {
  const answer = await engine.json({ method: 'GET', path: imagePath(image, 'json'), signal });
  const { product, version, store } = engine.info;
  const from = {
    kind: 'engine',
    layout: [product, version, store].join(' '),
    ...identifyImage(answer)
  } as const;
  const exportPath = imagePath(image, 'get');
  const exportAgainPath = imagePath(from.imageId, 'get');
  return {
    task: { from, choice, context },
    openExport: (exportSignal, again) =>
      engine.stream({ method: 'GET', path: again ? exportAgainPath : exportPath, signal: exportSignal })
  };
}
