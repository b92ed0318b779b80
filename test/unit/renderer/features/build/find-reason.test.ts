import { expect, test } from 'vitest';
import { findReason } from '../../../../../renderer/src/features/build/find-reason.ts';

test.each([
  [
    'pip',
    [
      'error: externally-managed-environment',
      '',
      '× This environment is externally managed',
      '    install, use python3 -m venv path/to/venv.',
      'note: If you believe this is a mistake, pass --break-system-packages.',
      'hint: See PEP 668 for the detailed specification.'
    ],
    'error: externally-managed-environment'
  ],
  ['a shell', ['\u001b[31m/bin/sh: 1: pip: not found\u001b[0m', ''], '/bin/sh: 1: pip: not found'],
  ['apt', ['Reading package lists...', 'E: Unable to locate package nosuch'], 'E: Unable to locate package nosuch'],
  [
    'npm',
    ["npm ERR! 404 'nosuch@1' is not in this registry.", 'npm ERR! A complete log of this run can be found in: /x.log'],
    "npm ERR! 404 'nosuch@1' is not in this registry."
  ],
  ['make', ['main.c:3:1: error: expected ;', 'make: *** [Makefile:2: all] Error 1'], 'main.c:3:1: error: expected ;'],
  ['go', ['./main.go:3:2: undefined: foo', 'exit status 1'], './main.go:3:2: undefined: foo'],
  ['a program without such words', ['before', 'the reason', '----', ' '], 'the reason'],
  ['a program that only underlines', ['-----'], '-----'],
  ['no output', [], null]
])('the reason of a failure of %s', (_name, lines, reason) => {
  expect(findReason(lines)).toBe(reason);
});

test('is cut in a very long line, in time proportional to it', () => {
  const reason = findReason([`error: running ${'a '.repeat(1_000_000)}: permission denied`]);
  expect(reason).toHaveLength(300);
  expect(reason).toMatch(/^error: running a .*….* a : permission denied$/);
});
