import type { PushEvent, PushLayer, PushSnapshot } from '../schema/push.ts';

/** The snapshot of a push before its first event. */
export function emptyPushSnapshot(): PushSnapshot {
  return {
    reference: '',
    host: '',
    username: null,
    sizes: 'unknown',
    layers: [],
    loginProblem: null,
    retrySeconds: null
  };
}

/** New objects around everything that the reducer changed in place. */
export function copyPushSnapshot(push: PushSnapshot): PushSnapshot {
  return { ...push, layers: [...push.layers] };
}

/** Applies one event to the snapshot, in place. Only this function changes main's snapshot and the window's. */
export function applyPushEvent(snapshot: PushSnapshot, event: PushEvent): void {
  switch (event.kind) {
    case 'started':
      snapshot.reference = event.reference;
      snapshot.host = event.host;
      snapshot.username = event.username;
      snapshot.sizes = event.sizes;
      return;
    case 'layer': {
      snapshot.retrySeconds = null;
      const index = snapshot.layers.findIndex((layer) => layer.id === event.layer.id);
      if (index < 0) snapshot.layers.push(event.layer);
      else snapshot.layers[index] = event.layer;
      return;
    }
    case 'login-problem':
      snapshot.loginProblem = event.problem;
      return;
    case 'retry':
      snapshot.retrySeconds = event.waitSeconds;
      return;
  }
}

export interface PushTotals {
  /** Sent bytes of the layers being sent; at most toSendBytes. */
  readonly sentBytes: number;
  /** Size of all layers that the registry does not have; null until the engine has reported each one's size. */
  readonly toSendBytes: number | null;
  /** Size of the layers that already existed or were mounted, as far as known. */
  readonly existingBytes: number;
  readonly doneLayers: number;
  readonly layerCount: number;
}

const isOnRegistry = (layer: PushLayer): boolean => layer.state === 'exists' || layer.state === 'mounted';

/** The totals of a push. Waiting layers count as to be sent until the registry reports that it has them. */
export function pushTotals(snapshot: PushSnapshot): PushTotals {
  let sentBytes = 0;
  let toSendBytes: number | null = 0;
  let existingBytes = 0;
  let doneLayers = 0;
  for (const layer of snapshot.layers) {
    if (isOnRegistry(layer) || layer.state === 'pushed') doneLayers += 1;
    if (isOnRegistry(layer)) {
      existingBytes += layer.totalBytes ?? 0;
    } else {
      sentBytes += layer.sentBytes;
      toSendBytes = toSendBytes === null || layer.totalBytes === null ? null : toSendBytes + layer.totalBytes;
    }
  }
  return { sentBytes, toSendBytes, existingBytes, doneLayers, layerCount: snapshot.layers.length };
}
