import type { FakeEngine } from './fake-engine.ts';

type Answers = FakeEngine['answers'];

const baseCount = 7;
const digest = (kind: string, index: number): string =>
  `sha256:${kind}${index.toString(16).padStart(64 - kind.length, '0')}`;

/**
 * The answers of an engine with many images: each has a base that it shares with others and its own layers. The
 * engine returns its list once `listReady` resolves.
 */
export function answersOfMany(count: number, listReady: () => Promise<unknown> = () => Promise.resolve()): Answers {
  const images = Array.from({ length: count }, (_, index) => ({
    Id: digest('a', index),
    RepoTags: index % 50 === 0 ? null : [`team-${index % 37}/service-${index % 211}:1.${index}`],
    RepoDigests: null,
    Created: 1_700_000_000 + index * 3600,
    Size: 70_000_000 + index,
    Labels: { 'org.opencontainers.image.revision': digest('', index) }
  }));
  const list = JSON.stringify(images);
  const answers: Answers = {
    '/images/json': (_request, response) => void listReady().then(() => response.end(list)),
    '/containers/json': (_request, response) => void response.end('[]')
  };
  images.forEach(({ Id }, index) => {
    const layers = [digest('b', index % baseCount), digest('c', index), digest('d', index)];
    answers[`/images/${Id}/json`] = (_request, response) =>
      void response.end(JSON.stringify({ Id, RootFS: { Layers: layers } }));
    answers[`/images/${Id}/history`] = (_request, response) =>
      void response.end(
        JSON.stringify([
          { CreatedBy: 'CMD ["sh"]', Size: 0, Comment: 'buildkit.dockerfile.v0' },
          { CreatedBy: 'COPY . . # buildkit', Size: index, Comment: 'buildkit.dockerfile.v0' },
          { CreatedBy: 'RUN make # buildkit', Size: 1_000_000 + index, Comment: 'buildkit.dockerfile.v0' },
          { CreatedBy: '', Size: 70_000_000, Comment: 'Imported from -' }
        ])
      );
  });
  return answers;
}
