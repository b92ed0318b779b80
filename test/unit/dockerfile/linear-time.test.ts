import { describe, it } from 'vitest';
import { expandInstructions } from '#dockerfile/expand-instructions.ts';
import { listImageUses } from '#dockerfile/image-references.ts';
import { matchesInstruction } from '#dockerfile/matches-instruction.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { findBaseStage, findStage, listTargetInstructions, listTargets } from '#dockerfile/stages.ts';
import { processWord, processWords } from '#dockerfile/shell/process-word.ts';
import { expectLinearTime } from '../expect-linear-time.ts';

const megabyte = 1_000_000;

/** Texts of about `length` characters that take long where something is compared with everything before it. */
function worstTexts(length: number): Record<string, string> {
  const fill = (text: string): string => text.repeat(Math.ceil(length / text.length));
  const lines = (text: string): string => `FROM a\n${fill(`${text}\n`)}`;
  return {
    'one line of #': '#'.repeat(length),
    'lines of #, each as long as a line can be': fill(`${'#'.repeat(65_000)}\n`),
    spaces: `FROM a\nRUN ${fill(' ')}x`,
    'one continued instruction': `FROM a\nRUN x \\\n${fill('a \\\n')}`,
    'comments in a continuation': `FROM a\nRUN x \\\n${fill('# c\n')}y\n`,
    escapes: `FROM a\n${fill(`RUN ${'\\'.repeat(60_000)}\n`)}`,
    'openers of heredocs': `FROM a\n${fill(`RUN ${'<<a '.repeat(10_000)}\n`)}`,
    'less-than signs': `FROM a\n${fill(`RUN ${'<'.repeat(60_000)}\n`)}`,
    'a heredoc without an end': `FROM a\nRUN <<EOF\n${fill('x\n')}`,
    'open quotes': lines(`RUN ${`"'`.repeat(1000)} <<E`),
    'open braces': lines(`ENV A=${'${A:-'.repeat(1000)}`),
    'braces in braces': lines(`ENV A=${'${B:-'.repeat(40)}x${'}'.repeat(40)}`),
    'stages on stages': fill('FROM a AS a\n'),
    'stages that copy from one another': fill('FROM a AS b\nCOPY --from=b x y\n'),
    'stages that copy from images': fill('FROM a\nCOPY --from=b x y\n'),
    'values that double': lines('ENV A=$A$A'),
    'arguments that double': `${fill('ARG A=x$A$A\n')}FROM $A\n`,
    'many arguments': `ARG A=1\n${fill('ARG B\n')}FROM a\n`,
    'many values': lines('ENV A=1 B=2 C=3'),
    patterns: `FROM a\nENV V=${'a'.repeat(60_000)}\n${fill('ENV W=${V//*a*b/x}${V%%*a*}\n')}`,
    flags: lines(`RUN ${'--mount=type=bind,from=x '.repeat(1000)}`),
    'quotes in a flag': lines(`RUN --mount=${'\\"'.repeat(5000)}`),
    brackets: lines(`RUN ${'['.repeat(20_000)}`),
    'carriage returns': fill('\r'),
    triggers: `FROM a AS a\n${fill('ONBUILD RUN x\n')}FROM a\n`,
    directives: fill('# syntax=x\n')
  };
}

/** Everything that reads a Dockerfile. */
function readDockerfile(text: string): void {
  const parsed = parseDockerfile(text, { platforms: { build: 'linux/amd64', target: 'linux/arm64/v8' } });
  listTargets(parsed);
  listImageUses(parsed);
  findStage(parsed, 'none');
  findBaseStage(parsed, null);
  listTargetInstructions(parsed, null);
  const expanded = expandInstructions(parsed, null);
  for (const instruction of expanded.slice(0, 100)) matchesInstruction(text.slice(0, 10_000), instruction);
  const [first] = expanded;
  if (first !== undefined) matchesInstruction(text, { ...first, keyword: 'RUN', written: text, expanded: text });
  processWord(text, () => 'a'.repeat(1000), { escape: '\\' });
  processWords(text, () => 'a', { escape: '\\' });
}

describe('1 MB of the worst text takes linear time', () => {
  it.each(Object.keys(worstTexts(1)))('%s', (what) => {
    expectLinearTime((length) => readDockerfile(worstTexts(length)[what] ?? ''), megabyte);
  });
});
