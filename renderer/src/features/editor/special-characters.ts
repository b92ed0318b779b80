import { highlightSpecialChars } from '@codemirror/view';

/** Shows what has no shape of its own; CodeMirror's own list lacks some marks that change the text direction. */
export const specialCharacters = highlightSpecialChars({
  addSpecialChars: /[\u115f\u1160\u180e\u202a-\u202c\u2060-\u206f\u3164\uffa0]/gu
});
