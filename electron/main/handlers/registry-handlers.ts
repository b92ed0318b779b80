import type { RemoteImages } from '#core/registry/remote-images.ts';
import type { HandlersOf } from './handler-types.ts';

export function registryHandlers(remotes: RemoteImages): HandlersOf<'registry'> {
  return {
    'registry.image': async ({ reference, platform }) => (await remotes.refresh(reference, platform)).image
  };
}
