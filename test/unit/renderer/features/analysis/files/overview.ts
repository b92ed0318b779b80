import type { HistoryRow } from '#contract/schema/image.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';

/** The overview of an image with this history, with defaults for the other fields. */
export function overviewOf(history: readonly HistoryRow[]): AnalysisOverview {
  const made = history.filter(({ layerIndex }) => layerIndex !== null);
  return {
    report: {
      schemaVersion: 1,
      source: { kind: 'engine', name: 'demo' },
      tags: [],
      platform: '',
      imageId: null,
      configDigest: null,
      manifestDigest: null,
      imageSizeBytes: 0,
      userSizeBytes: 0,
      wastedBytes: 0,
      wastedUserFraction: 0,
      efficiency: 1,
      fileCount: 0,
      hiddenBytes: 0,
      removableBytes: 0,
      entryCount: 0,
      rules: []
    },
    layers: made.map(({ sizeBytes, createdBy }, index) => ({
      index,
      diffId: '',
      digest: null,
      command: '',
      createdBy,
      compression: 'none',
      sizeBytes,
      storedBytes: 0,
      added: 0,
      modified: 0,
      removed: 0,
      unchanged: 0,
      addedFiles: 0,
      modifiedFiles: 0,
      removedFiles: 0,
      hiddenBytes: 0
    })),
    image: {
      id: 'sha256:1',
      tags: [],
      repoDigests: [],
      sizeBytes: 0,
      createdAt: null,
      platform: '',
      layerCount: made.length,
      history: [...history],
      joinExact: true,
      baseName: 'busybox',
      baseLine: 1
    },
    choices: [],
    savings: [],
    inefficientPaths: [],
    inefficientPathCount: 0,
    rulesError: null,
    rulesFrom: 'defaults'
  };
}
