import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

const highlightStyle = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--keyword)' },
  { tag: tags.comment, color: 'var(--dim)' },
  { tag: tags.string, color: 'var(--go)' },
  { tag: [tags.number, tags.atom], color: 'var(--warn)' },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: 'var(--text)' },
  { tag: tags.invalid, color: 'var(--text)' }
]);

/** Syntax colors of a Dockerfile. */
export const dockerfileLanguage: Extension = [StreamLanguage.define(dockerFile), syntaxHighlighting(highlightStyle)];

/** Syntax colors of a .dockerignore: only comments and exceptions. */
export const dockerignoreLanguage: Extension = [
  StreamLanguage.define({
    name: 'dockerignore',
    token(stream) {
      const first = stream.string.trimStart()[0];
      stream.skipToEnd();
      if (first === '#') return 'comment';
      return first === '!' ? 'keyword' : null;
    },
    languageData: { commentTokens: { line: '#' } }
  }),
  syntaxHighlighting(highlightStyle)
];
