/** What is exported: the analysis of one image, or a comparison. */
export type ExportedDocument = 'analysis' | 'comparison';

interface ExportFormat {
  /** Without the leading dot. */
  readonly extension: string;
  readonly mimeType: string;
  readonly documents: readonly ExportedDocument[];
  /** Core writes it from the document, or the page paints it. */
  readonly madeBy: 'core' | 'page';
}

const both = ['analysis', 'comparison'] as const;

/** Every format, in menu order. Their writers are in core/export/formats.ts. */
export const exportFormats = {
  html: { extension: 'html', mimeType: 'text/html', documents: both, madeBy: 'core' },
  markdown: { extension: 'md', mimeType: 'text/markdown', documents: ['comparison'], madeBy: 'core' },
  json: { extension: 'json', mimeType: 'application/json', documents: both, madeBy: 'core' },
  'dive-json': { extension: 'dive.json', mimeType: 'application/json', documents: ['analysis'], madeBy: 'core' },
  svg: { extension: 'svg', mimeType: 'image/svg+xml', documents: both, madeBy: 'core' },
  png: { extension: 'png', mimeType: 'image/png', documents: both, madeBy: 'page' }
} as const satisfies Record<string, ExportFormat>;

type Formats = typeof exportFormats;

/** The formats of a document. */
export type FormatOf<D extends ExportedDocument> = {
  [F in keyof Formats]: D extends Formats[F]['documents'][number] ? F : never;
}[keyof Formats];
export type AnalysisFormat = FormatOf<'analysis'>;
export type ComparisonFormat = FormatOf<'comparison'>;

/** The formats of a document that core writes. */
export type WrittenFormatOf<D extends ExportedDocument> = {
  [F in FormatOf<D>]: Formats[F]['madeBy'] extends 'core' ? F : never;
}[FormatOf<D>];

/** The formats of a document, in the order of its menu. */
export function formatsOf<D extends ExportedDocument>(document: D): FormatOf<D>[] {
  const formats = Object.entries<ExportFormat>(exportFormats);
  return formats.filter(([, { documents }]) => documents.includes(document)).map(([format]) => format as FormatOf<D>);
}

/** The formats of a document that core writes. */
export function writtenFormatsOf<D extends ExportedDocument>(document: D): WrittenFormatOf<D>[] {
  return formatsOf(document).filter((format): format is WrittenFormatOf<D> => exportFormats[format].madeBy === 'core');
}
