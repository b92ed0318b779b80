import type { RemoteImages } from '#core/registry/remote-images.ts';
import type { HandlersOf } from './parts.ts';

export function registryHandlers(remotes: RemoteImages): HandlersOf<'registry'> {
  return {
    'registry.image': async ({ reference, platform }) => (await remotes.look(reference, platform)).image
  };
}
