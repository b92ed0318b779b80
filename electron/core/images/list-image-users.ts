import { z } from 'zod';
import type { ImageUser } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { goOptionalSlice, goSlice, goText } from '../oci/go-json.ts';
import { readAnswer, readImageId } from './engine-image-schemas.ts';

/** Response of GET /containers/json. https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container */
const containerListSchema = goSlice(
  z.object({
    Id: z.string().max(300),
    Names: goOptionalSlice(z.string().max(1000), 10_000),
    ImageID: goText(300),
    State: goText(100)
  }),
  1_000_000
);

/** The engine's containers, including stopped ones, each with its image. Throws what EngineClient throws. */
export async function listImageUsers(engine: EngineClient, signal?: AbortSignal): Promise<ImageUser[]> {
  const query = { all: true };
  const answer = await engine.json({ method: 'GET', path: '/containers/json', query, ...(signal && { signal }) });
  return readAnswer(containerListSchema, answer).map(({ Id, Names, ImageID, State }) => ({
    imageId: readImageId(ImageID),
    container: Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
    // "exited", "created" and "dead" use the image without running.
    running: ['running', 'paused', 'restarting', 'removing', 'stopping'].includes(State.toLowerCase())
  }));
}
