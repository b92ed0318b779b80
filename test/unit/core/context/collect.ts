import { walkContext, type ContextOptions } from '#core/context/walk-context.ts';
import type { ContextFinding } from '#core/context/walk-folder.ts';

export async function findingsOf(options: ContextOptions): Promise<ContextFinding[]> {
  const findings: ContextFinding[] = [];
  for await (const finding of await walkContext(options)) findings.push(finding);
  return findings;
}

/** The paths that are sent; a folder's ends in "/". */
export async function sentPaths(options: ContextOptions): Promise<string[]> {
  return (await findingsOf(options)).flatMap((finding) =>
    finding.kind === 'entry' ? `${finding.entry.path}${finding.entry.kind === 'folder' ? '/' : ''}` : []
  );
}
