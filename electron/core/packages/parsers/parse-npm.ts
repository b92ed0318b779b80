import { z } from 'zod';
import type { InstalledPackage } from '../installed-package.ts';

const packageSchema = z.object({ name: z.string().min(1).max(300), version: z.string().max(300) });

/** The package of a "node_modules/NAME/package.json"; null if it does not describe a package. */
export function parseNpm(path: string, text: string): InstalledPackage | null {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@][^/]*(?=\/package\.json$)/.exec(path)?.[0];
  if (folder === undefined) return null;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = packageSchema.safeParse(document);
  if (!data) return null;
  return { kind: 'npm', name: data.name, version: data.version, owns: { folder } };
}
