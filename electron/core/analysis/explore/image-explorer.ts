import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { WrittenFormatOf } from '#contract/domain/export-formats.ts';
import type { AnalysisOverview, Cells, CellFocus, FileCell, TreeScope } from '#contract/schema/analysis-overview.ts';
import { AppError } from '../../util/app-error.ts';
import type { ScannedImage } from '../scan-image.ts';
import { describeAnalysis, type ImageAnalysis } from '../describe-analysis.ts';
import type { BuiltFrom } from '../../images/describe-history.ts';
import type { Rules } from '../../filetree/check-rules.ts';
import { viewTree, type TreeView } from '../../filetree/tree-view.ts';
import type { LayerFileRequest } from '../read-layer-file.ts';
import { describePath } from './describe-path.ts';
import { markVisible, orderRows } from './filter-rows.ts';
import { buildTreemapCells } from './build-treemap-cells.ts';
import { createOverview, type RulesOrigin } from './create-overview.ts';
import { sumLayer, type LayerSums } from './layer-sums.ts';
import { ancestorsOf, findNode, nameOfNode, pathOfNode, rawPathOf } from './tree-paths.ts';
import { searchPaths, type Matches } from './search-paths.ts';
import { listRows } from './list-rows.ts';

/** The queries on an analyzed image: those of the calls `analysis.*`, without the analysis's id ... */
export type ExplorerQueries = {
  [Q in 'overview' | 'cells' | 'rows' | 'path' | 'findPath']: {
    input: Omit<Required<CallInput<`analysis.${Q}`>>, 'analysisId'>;
    answer: CallOutput<`analysis.${Q}`>;
  };
} & {
  /** ... and the text of a complete export ... */
  document: { input: { format: WrittenFormatOf<'analysis'> }; answer: string };
  /** ... and the location of a file's bytes. */
  fileRequest: { input: { layer: number; node: number }; answer: Omit<LayerFileRequest, 'maxBytes'> };
};
export type ExplorerQuery = keyof ExplorerQueries;
export type QueryInput<Q extends ExplorerQuery> = ExplorerQueries[Q]['input'];
export type QueryResult<Q extends ExplorerQuery> = ExplorerQueries[Q]['answer'];

/** Plain data about the image that an explorer needs besides its layers. */
export interface ExplorerContext {
  rules: Rules & RulesOrigin;
  builtFrom: BuiltFrom | null;
}

const maxViews = 3;
/** In a saved picture, a directory with less than one in this many bytes of the image is one cell. */
const minShareDivisor = 1500;

/** Answers queries on an analyzed image; the last results are cached. */
export class ImageExplorer {
  readonly analysis: ImageAnalysis;
  readonly overview: AnalysisOverview;
  /** The image's config. */
  readonly config: ScannedImage['image']['config'];
  /** The location of each layer, base first. */
  readonly layerFiles: readonly (LayerFileRequest['layer'] & { storedBytes: number })[];
  readonly #sums: LayerSums[];
  readonly #views = new Map<string, TreeView>();
  #matches: { query: string; matches: Matches } | null = null;

  constructor(scanned: ScannedImage, context: ExplorerContext) {
    const { rules, builtFrom } = context;
    this.config = scanned.image.config;
    this.analysis = describeAnalysis(scanned, rules);
    this.layerFiles = scanned.image.layers.map(({ path, diffId }, index) => {
      return { path, diffId, storedBytes: scanned.layers[index]?.storedBytes ?? 0 };
    });
    const { rulesFrom, rulesError } = rules;
    this.overview = createOverview(scanned, this.analysis, builtFrom, { rulesFrom, rulesError });
    this.#sums = this.analysis.tables.map((table, layer) => sumLayer(this.analysis, table, layer));
  }

  readonly answers: { [Q in Exclude<ExplorerQuery, 'document'>]: (input: QueryInput<Q>) => QueryResult<Q> } = {
    overview: () => this.overview,
    cells: ({ focus, minShare, splitShare, query }) => {
      const matches = this.#search(query);
      const request = { focus, minShare, splitShare };
      return {
        cells: buildTreemapCells(this.analysis, this.#sums, matches, this.#baseLayers(), request),
        crumbs: this.#crumbsOf(focus),
        matched: matches?.totals ?? null
      };
    },
    rows: ({ scope, folder, order, changes, query, start, limit }) => {
      const { tree, tables } = this.analysis;
      const views = this.#viewsOf(scope);
      const matches = this.#search(query);
      const isFiltered = changes.length > 0 || matches !== null;
      const shown = isFiltered ? markVisible(tree, views.view, changes, matches?.found ?? null) : null;
      const rows = orderRows(listRows(tree, tables, views, folder, shown), order);
      return { rows: rows.slice(start, start + limit), rowCount: rows.length, matched: matches?.totals ?? null };
    },
    path: ({ layer, node }) => {
      const last = this.analysis.tables.length - 1;
      const views = this.#viewsOf(layer < 0 ? { kind: 'merged', layer: last } : { kind: 'layer', layer });
      return describePath(this.analysis, views, layer, node);
    },
    findPath: ({ path }) => ({ node: findNode(this.analysis.tree, path) }),
    fileRequest: ({ layer, node }) => {
      const layerFile = this.layerFiles[layer];
      const path = rawPathOf(this.analysis.tree, node);
      if (!layerFile)
        throw new AppError('layer-file-missing', { path: pathOfNode(this.analysis.tree, node).slice(0, 1000) });
      return { layer: { path: layerFile.path, diffId: layerFile.diffId }, path };
    }
  };

  /** The cells of the complete image, in the detail of a saved picture. */
  pictureCells(): FileCell[] {
    const request = { focus: { layer: -1, node: 0 }, minShare: 0, splitShare: 1 / minShareDivisor };
    return buildTreemapCells(this.analysis, this.#sums, null, this.#baseLayers(), request);
  }

  #search(query: string | null): Matches | null {
    if (query === null || query.trim() === '') return null;
    if (this.#matches?.query !== query) {
      const { tree, tables } = this.analysis;
      this.#matches = { query, matches: searchPaths(tree, tables, this.#sums, query) };
    }
    return this.#matches.matches;
  }

  /** The view of a scope and, for a single layer, of the layers below it. */
  #viewsOf(scope: TreeScope): { view: TreeView; below: TreeView | null } {
    const below = scope.kind === 'layer' && scope.layer > 0;
    return {
      view: this.#view(scope),
      below: below ? this.#view({ kind: 'merged', layer: scope.layer - 1 }) : null
    };
  }

  #view(scope: TreeScope): TreeView {
    const { tree, tables, final } = this.analysis;
    if (scope.kind === 'merged' && scope.layer === tables.length - 1) return final;
    const key = `${scope.kind} ${scope.layer}`;
    const view = this.#views.get(key) ?? viewTree(tree, tables, scope);
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= maxViews) break;
      this.#views.delete(oldest);
    }
    return view;
  }

  #baseLayers(): number[] {
    const { history } = this.overview.image;
    return history.flatMap(({ origin, layerIndex }) => (origin === 'base' && layerIndex !== null ? [layerIndex] : []));
  }

  #crumbsOf({ layer, node }: CellFocus): Cells['crumbs'] {
    const image = { layer: -1, node: 0, name: '' };
    if (layer < 0) return layer === -1 ? [image] : [image, { layer, node: 0, name: '' }];
    const { tree } = this.analysis;
    const nodes = node > 0 ? [...ancestorsOf(tree, node), node] : [0];
    return [image, ...nodes.map((at) => ({ layer, node: at, name: at === 0 ? '' : nameOfNode(tree, at) }))];
  }
}
