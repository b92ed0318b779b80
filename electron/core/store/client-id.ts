import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

/**
 * Opens the random id of this installation, which is created on first use. If it cannot be saved, it applies until the app
 * ends. A damaged file is renamed and reported, never fatal.
 */
export async function openClientId(folder: string, notify: (notice: StoreNotice) => void): Promise<() => string> {
  const file = await VersionedFile.open<string>({
    file: join(folder, 'client-id.json'),
    version: 1,
    schema: z.uuid(),
    initial: '',
    notify
  });
  return () => {
    if (file.value === '') file.change(randomUUID()).catch(() => undefined);
    return file.value;
  };
}
