import { savingsRules } from '#contract/domain/savings-rules.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { PathPatterns, type PatternState } from './path-patterns.ts';

/** The rule of each path of a tree, as an index of the rules plus one; 0 for none. One step per path. */
export function matchRules({ names, parent, name }: FileTree): Uint8Array {
  const patterns = new PathPatterns(Object.values(savingsRules));
  const classes = new Int32Array(names.length);
  for (let at = 0; at < classes.length; at++) classes[at] = patterns.classOf(names[at] ?? '');
  const rules = new Uint8Array(parent.length);
  const states = new Array<PatternState>(parent.length).fill(patterns.root);
  for (let node = 1; node < rules.length; node++) {
    const above = parent[node] ?? 0;
    const inherited = rules[above] ?? 0;
    if (inherited > 0) {
      rules[node] = inherited;
      continue;
    }
    const state = patterns.next(states[above] ?? patterns.root, classes[name[node] ?? 0] ?? 0);
    states[node] = state;
    rules[node] = state.group + 1;
  }
  return rules;
}
