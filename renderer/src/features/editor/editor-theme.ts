import { EditorView } from '@codemirror/view';

const small = { fontSize: '12px', fontFamily: 'var(--font-words)' };

/** The editor's theme in design tokens; custom properties are inherited into its shadow root. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '22px', overflow: 'auto' },
  // Same as in base.css, which does not apply inside the shadow root.
  '.cm-scroller::-webkit-scrollbar': { width: '10px', height: '10px' },
  '.cm-scroller::-webkit-scrollbar-thumb': {
    background: 'var(--line-strong)',
    backgroundClip: 'padding-box',
    border: '2px solid transparent',
    borderRadius: '5px'
  },
  '.cm-scroller::-webkit-scrollbar-corner': { background: 'transparent' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '4px 0' },
  '.cm-line': { padding: '0 12px 0 10px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 28%, transparent)'
  },
  '.cm-gutters': { backgroundColor: 'var(--bg)', color: 'var(--dim)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 0 0 8px', textAlign: 'right' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-line.slipway-hovered': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-line.slipway-selected': { backgroundColor: 'color-mix(in srgb, var(--accent) 13%, transparent)' },
  '.cm-gutterElement.slipway-selected': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 13%, transparent)',
    boxShadow: 'inset 0 0 0 0 var(--accent)'
  },
  '.cm-gutterElement.slipway-hovered': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-lineNumbers .cm-gutterElement.slipway-selected': { boxShadow: 'inset 3px 0 0 var(--accent)' },
  '.cm-line.slipway-failed': { backgroundColor: 'color-mix(in srgb, var(--bad) 8%, transparent)' },
  '.cm-gutterElement.slipway-failed': {
    backgroundColor: 'color-mix(in srgb, var(--bad) 8%, transparent)',
    color: 'var(--bad)'
  },
  '.slipway-failure': {
    ...small,
    display: 'block',
    // As wide as what is visible, also where longer lines scroll.
    position: 'sticky',
    left: '0',
    boxSizing: 'border-box',
    maxWidth: 'calc(100cqw - 60px)',
    padding: '3px 12px 5px 10px',
    borderLeft: '3px solid var(--bad)',
    background: 'color-mix(in srgb, var(--bad) 9%, transparent)',
    color: 'var(--text)',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    lineHeight: '18px'
  },
  '.slipway-bytes .cm-gutterElement': { display: 'flex', justifyContent: 'flex-end' },
  '.slipway-byte-mark': {
    // Not of the whole column: without a mark it takes no space.
    width: '144px',
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    justifyContent: 'flex-end',
    fontSize: '11.5px',
    color: 'var(--dim)',
    whiteSpace: 'pre'
  },
  '.slipway-byte-mark small': {
    width: '40px',
    marginRight: '6px',
    fontSize: '10.5px',
    textAlign: 'right'
  },
  '.slipway-byte-mark i': { display: 'flex', width: '26px' },
  '.slipway-byte-mark b': { height: '6px', borderRadius: '3px', minWidth: '2px', background: 'var(--run)' },
  '.slipway-byte-mark[data-origin=base] b': { background: 'var(--base)' },
  '.slipway-byte-mark[data-origin=copy] b': { background: 'var(--copy)' },
  '.slipway-byte-mark[data-empty] b': { visibility: 'hidden' },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warn) 1px',
    textUnderlineOffset: '4px'
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1px',
    textUnderlineOffset: '4px'
  },
  '.cm-panels': { ...small, background: 'var(--panel)', color: 'var(--text)', borderTop: '1px solid var(--line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 32px 8px 12px', lineHeight: '30px' },
  '.cm-panel.cm-search label': {
    ...small,
    display: 'inline-flex',
    alignItems: 'center',
    color: 'var(--dim)',
    verticalAlign: 'middle'
  },
  '.cm-panel.cm-search [type=checkbox]': { margin: '0 5px 0 0', accentColor: 'var(--accent)' },
  '.cm-panel.cm-search .cm-textfield': { width: '130px' },
  '.cm-textfield': {
    ...small,
    background: 'var(--bg)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '7px',
    padding: '3px 8px'
  },
  '.cm-textfield:focus-visible, .cm-button:focus-visible, .cm-panel button:focus-visible': {
    outline: '2px solid var(--accent)',
    outlineOffset: '1px'
  },
  '.cm-button': {
    ...small,
    background: 'var(--raised)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '7px',
    padding: '3px 10px'
  },
  '.cm-panel.cm-search [name=close]': { top: '8px', right: '8px', color: 'var(--dim)', fontSize: '16px' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--warn) 30%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--warn) 60%, transparent)' },
  '.cm-tooltip': {
    ...small,
    background: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    overflow: 'hidden'
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)', maxHeight: '14em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'color-mix(in srgb, var(--accent) 26%, transparent)',
    color: 'var(--text)'
  },
  '.cm-completionDetail': { color: 'var(--dim)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionInfo': { padding: '8px 12px', maxWidth: '320px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '3px solid var(--warn)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-placeholder': { color: 'var(--dim)' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'color-mix(in srgb, var(--go) 12%, transparent) !important' },
  '.cm-deletedChunk, .cm-deletedLine': {
    backgroundColor: 'color-mix(in srgb, var(--bad) 12%, transparent) !important'
  },
  '.cm-changedText': { background: 'color-mix(in srgb, var(--go) 30%, transparent) !important' },
  '.cm-deletedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--bad) 30%, transparent) !important',
    textDecoration: 'none'
  },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: 'none' },
  '.cm-collapsedLines': { ...small, color: 'var(--dim)', background: 'var(--raised)', padding: '2px 12px' }
});
