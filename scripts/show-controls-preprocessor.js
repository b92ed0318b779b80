import { parse } from 'svelte/compiler';

/** Attributes that are displayed or spoken. */
const labels = new Set(['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext']);
const statement = "import { showControls as __show } from '#contract/format/show-controls.ts';";

/**
 * Applies showControls to every text and label of our components, so that no view can forget it: a name with control
 * characters or direction marks never changes how the text around it is displayed.
 * @type {import('svelte/compiler').PreprocessorGroup}
 */
export const showControlsPreprocessor = {
  name: 'show-controls',
  markup({ content, filename = '' }) {
    if (filename.includes('/node_modules/')) return { code: content };
    return { code: wrapTexts(content) };
  }
};

/** @param {string} source of a component */
export function wrapTexts(source) {
  const root = parse(source, { modern: true });
  /** @type {{ at: number, insert: string }[]} */
  const edits = [];
  const wrap = ({ expression }, name = '') => {
    if (isConstant(expression)) return;
    edits.push({ at: expression.start, insert: '__show(' }, { at: expression.end, insert: ')' });
    if (name) edits.push({ at: expression.start - 1, insert: `${name}=` });
  };
  visit(root.fragment, wrap, source);
  if (edits.length === 0) return source;
  if (!root.instance) return `<script>${statement}</script>\n${apply(source, edits)}`;
  // At the start of the script's text: its offsets are those of its program.
  return apply(source, [...edits, { at: root.instance.content.start, insert: statement }]);
}

function visit(node, wrap, source) {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, wrap, source);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'Fragment') {
    for (const child of node.nodes) if (child.type === 'ExpressionTag') wrap(child);
  }
  if (node.type === 'Attribute' && labels.has(node.name) && node.value !== true) {
    const isShorthand = source[node.start] === '{';
    for (const part of [node.value].flat()) {
      if (part.type === 'ExpressionTag') wrap(part, isShorthand ? node.name : '');
    }
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'expression') visit(value, wrap, source);
}

/** A literal, or one of our own words that has no parameter. */
function isConstant(expression) {
  let root = expression;
  while (root.type === 'MemberExpression' && !root.computed) root = root.object;
  return root.type === 'Literal' || (root !== expression && root.type === 'Identifier' && root.name === 'words');
}

/** @param {string} source @param {{ at: number, insert: string }[]} edits */
function apply(source, edits) {
  const ordered = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => a.at - b.at || a.index - b.index);
  let result = '';
  let from = 0;
  for (const { at, insert } of ordered) {
    result += source.slice(from, at) + insert;
    from = at;
  }
  return result + source.slice(from);
}
