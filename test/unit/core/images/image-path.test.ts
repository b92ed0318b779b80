import { expect, it } from 'vitest';
import { imagePath } from '#core/images/image-path.ts';

it.each(['alice/app:1', `sha256:${'a'.repeat(64)}`, '127.0.0.1:5000/x@sha256:1', '[::1]:5000/x'])(
  'takes %s',
  (image) => {
    expect(imagePath(image, 'json')).toBe(`/images/${image}/json`);
  }
);

it.each(['', '..', 'a/../../containers', 'a?b', 'a#b', '/a', 'a b', '-a'])('rejects %j', (image) => {
  expect(() => imagePath(image, 'get')).toThrow(
    expect.objectContaining({ data: { code: 'image-not-found', reference: image } })
  );
});
