import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveExtensions } from '#contract/domain/archive-extensions.ts';
import { analysisExportName } from '#contract/domain/export-name.ts';

const sourceOf = (name: string) => ({ kind: 'archive' as const, name });

describe('analysisExportName', () => {
  it.each([
    [['alice/app:1.2'], 'x.tar', 'alice-app-1.2.html'],
    [['localhost:5000/a_b/c:v1'], 'x.tar', 'localhost-5000-a_b-c-v1.html'],
    [[], 'saved image.tar.gz', 'saved-image.html'],
    [[], `sha256:${'a'.repeat(64)}`, `sha256-${'a'.repeat(64)}.html`],
    [[], '../../etc/passwd', 'etc-passwd.html'],
    [[], '...', 'image.html'],
    [[], '', 'image.html']
  ])('names an export of %j from %j', (tags, source, name) => {
    expect(analysisExportName({ tags, source: sourceOf(source) }, 'html')).toBe(name);
  });

  it.each(archiveExtensions)('drops .$extension', ({ extension }) => {
    expect(analysisExportName({ tags: [], source: sourceOf(`image.${extension}`) }, 'html')).toBe('image.html');
  });

  it('is a name that every file system takes, whatever the image is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = analysisExportName({ tags: [text], source: sourceOf('x') }, 'html');
        expect(name).toMatch(/^[\w][\w.-]{0,104}$/);
        expect(name).not.toMatch(/\.\.?$/);
      })
    );
  });
});
