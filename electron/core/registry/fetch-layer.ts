import { Readable } from 'node:stream';
import type { RemoteLayer } from '#contract/schema/remote-image.ts';
import { AppError } from '../util/app-error.ts';
import type { RegistryClient } from './registry-client.ts';
import { verifyDigest, createDigestHash } from '../oci/verify-digest.ts';

/**
 * One layer as stored in the registry, compressed. Resolves once the registry sends it; the stream then ends only if
 * it is complete and matches its digest, else it fails with registry-failed or registry-unreachable, or with Cancelled
 * if `signal` fired. Throws what RegistryClient.openBlob throws.
 */
export async function fetchLayer(
  client: RegistryClient,
  repository: string,
  layer: Pick<RemoteLayer, 'digest' | 'compressedBytes'>,
  signal?: AbortSignal
): Promise<Readable> {
  const hash = createDigestHash(client.host, layer.digest);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const chunks = await client.openBlob(repository, layer.digest, stop.signal);
  const verified = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    let sizeBytes = 0;
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      // It would fail at the end anyway; stop early.
      if (sizeBytes > layer.compressedBytes) break;
      hash.update(chunk);
      yield chunk;
    }
    if (sizeBytes !== layer.compressedBytes) {
      throw new AppError('registry-failed', { host: client.host, detail: { reason: 'size-differs' } });
    }
    verifyDigest(client.host, layer.digest, hash);
  };
  const stream = Readable.from(verified(), { objectMode: false });
  // Closing the stream before it was read would otherwise leave the connection open.
  stream.once('close', () => {
    signal?.removeEventListener('abort', abort);
    abort();
  });
  return stream;
}
