import { expect, it } from 'vitest';

const { wrapTexts } = (await import('../../../scripts/show-controls-preprocessor.js')) as {
  wrapTexts: (source: string) => string;
};
const statement = "import { showControls as __show } from '#contract/format/show-controls.ts';";

it('applies showControls only to texts and labels', () => {
  const source = `<script lang="ts">const { a, title } = $props();</script>
<p {title} class={a} aria-label="the {a}">{a} {words.ok} {words.of(a)}</p>{#each a as b}{b as string}{/each}`;
  expect(wrapTexts(source)).toBe(`<script lang="ts">${statement}const { a, title } = $props();</script>
<p title={__show(title)} class={a} aria-label="the {__show(a)}">{__show(a)} {words.ok} {__show(words.of(a))}</p>{#each a as b}{__show(b as string)}{/each}`);
});

it('adds a script where there is none', () => {
  expect(wrapTexts('<b>{name}</b>')).toBe(`<script>${statement}</script>\n<b>{__show(name)}</b>`);
  expect(wrapTexts('<b>{words.ok}</b>')).toBe('<b>{words.ok}</b>');
});
