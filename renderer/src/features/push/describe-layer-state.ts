import type { PushSnapshot } from '#contract/schema/push.ts';
import type { PushLayer } from '#contract/schema/push.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { labelInstruction } from '#contract/domain/layer-facts.ts';

/** The end of a layer's row: the bytes during the transfer, else the state in words. */
export function describeLayerState(layer: PushLayer): string {
  return layer.state === 'pushing' ? formatBytes(layer.sentBytes) : words.push.states[layer.state];
}

/** The instruction that created the layer, or its id if unknown. */
export function nameLayer(layer: PushLayer): string {
  return layer.label === null ? words.push.unnamedLayer(layer.id) : labelInstruction(layer.label);
}

/** The filled share of a layer's bar, 0 to 1; null while the total is unknown. */
export function layerProgress(layer: PushLayer): number | null {
  switch (layer.state) {
    case 'pushed':
    case 'exists':
    case 'mounted':
      return 1;
    case 'waiting':
    case 'preparing':
      return 0;
    case 'pushing':
    case 'retrying':
      return layer.totalBytes === null ? null : layer.totalBytes === 0 ? 1 : layer.sentBytes / layer.totalBytes;
  }
}

/** Shares of the total bar, 0 to 1 of all bytes: already existing, and sent. Null while the total is unknown. */
export function totalProgress(totals: {
  readonly sentBytes: number;
  readonly toSendBytes: number | null;
  readonly existingBytes: number;
}): { readonly exists: number; readonly sent: number } | null {
  if (totals.toSendBytes === null) return null;
  const all = totals.toSendBytes + totals.existingBytes;
  if (all === 0) return { exists: 0, sent: 0 };
  return { exists: totals.existingBytes / all, sent: totals.sentBytes / all };
}

/** Display names of registries. */
export function namePushHost(push: Pick<PushSnapshot, 'host'> | null, fallback: string): string {
  const host = push === null || push.host === '' ? fallback : push.host;
  return host === 'docker.io' ? words.push.dockerHub : host;
}
