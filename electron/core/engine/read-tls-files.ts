import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsFiles } from '../docker-config/engine-address.ts';
import { errorCode } from '../util/error-code.ts';

/** TLS options for Node; missing files are omitted. */
export interface TlsMaterial {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  rejectUnauthorized: boolean;
}

const LIMIT_BYTES = 1024 * 1024;

/** Reads ca.pem, cert.pem and key.pem of a folder. Throws the file system's error, except for a missing file. */
export async function readTlsFiles(files: TlsFiles): Promise<TlsMaterial> {
  const material: TlsMaterial = { rejectUnauthorized: files.verify };
  if (files.directory === '') return material;
  for (const part of ['ca', 'cert', 'key'] as const) {
    const bytes = await readOptional(join(files.directory, `${part}.pem`));
    if (bytes !== undefined) material[part] = bytes;
  }
  return material;
}

async function readOptional(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min((await file.stat()).size, LIMIT_BYTES));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
