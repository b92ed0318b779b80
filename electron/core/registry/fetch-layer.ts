import { Readable } from 'node:stream';
import type { RemoteLayer } from '#contract/schema/remote-image.ts';
import { AppError } from '../util/app-error.ts';
import type { RegistryClient } from './registry-client.ts';
import { verifyDigest, createDigestHash } from '../oci/verify-digest.ts';

/**
 * One layer as the registry has it, compressed. Resolves once the registry gives it; the stream then ends well only when
 * all of it came and its digest is right, else it fails with registry-failed or registry-unreachable, and with Cancelled
 * where `signal` fired. Throws what RegistryClient.openBlob throws.
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
      // More would fail at the end too; it need not be waited for.
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
  // A stream that is closed before it was read would leave the connection open.
  stream.once('close', () => {
    signal?.removeEventListener('abort', abort);
    abort();
  });
  return stream;
}
