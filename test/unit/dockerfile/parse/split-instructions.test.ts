import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitInstructions } from '#dockerfile/parse/split-instructions.ts';

/** First and last line of each instruction, and its text. */
const split = (text: string): string[] =>
  splitInstructions(text).instructions.map(({ line, endLine, text: joined }) => `${line}-${endLine} ${joined}`);

describe('splitInstructions', () => {
  it.each<[what: string, text: string, instructions: string[]]>([
    ['two backslashes at the end', 'ENV C a\\\\b\\\\\nENV D x\n', ['1-1 ENV C a\\\\b\\\\', '2-2 ENV D x']],
    ['a backslash alone on a line', 'RUN a \\\n\\\nb\nRUN c', ['1-3 RUN a b', '4-4 RUN c']],
    ['a backslash before the first word', '\\\nRUN a\n', ['1-2 RUN a']],
    ['spaces after the backslash', 'RUN a \\ \t\n b\n', ['1-2 RUN a  b']],
    ['a backslash within a line', 'RUN a \\b\nRUN c\n', ['1-1 RUN a \\b', '2-2 RUN c']],
    [
      'a comment and empty lines in a continuation',
      'RUN a \\\n # c\n\n  && b\nRUN c\n',
      ['1-4 RUN a   && b', '5-5 RUN c']
    ],
    ['a comment that ends in a backslash', '# c \\\nRUN a\n', ['2-2 RUN a']],
    ['a continued line that looks like a comment', 'RUN a \\\n#b \\\nc\n', ['1-3 RUN a c']],
    ['the end of the text in a continuation', 'RUN a \\', ['1-1 RUN a']],
    ['a heredoc', 'RUN <<EOF\nFROM x\nEOF\nRUN b\n', ['1-3 RUN <<EOF', '4-4 RUN b']],
    ['a heredoc with a space', 'RUN cat << EOF > /h\nhello\nEOF\nRUN b\n', ['1-3 RUN cat << EOF > /h', '4-4 RUN b']],
    ['a heredoc with tabs', 'RUN <<-EOF\n\ta\n\t\tEOF\nRUN b\n', ['1-3 RUN <<-EOF', '4-4 RUN b']],
    ['a tab before the end of a plain heredoc', 'RUN <<EOF\n\tEOF\nEOF\nRUN b\n', ['1-3 RUN <<EOF', '4-4 RUN b']],
    ['a quoted name', 'RUN <<"E F"\nEF\nE F\nRUN b\n', ['1-3 RUN <<"E F"', '4-4 RUN b']],
    ['a number before it', 'RUN cat 3<<EOF\nx\nEOF\nRUN b\n', ['1-3 RUN cat 3<<EOF', '4-4 RUN b']],
    ['two heredocs', 'COPY <<a <<b /d/\nb\na\na\nb\nRUN c\n', ['1-5 COPY <<a <<b /d/', '6-6 RUN c']],
    [
      'a heredoc on a continued line',
      'RUN cat <<EOF && \\\n b\nx\nEOF\nRUN c\n',
      ['1-4 RUN cat <<EOF &&  b', '5-5 RUN c']
    ],
    ['a heredoc behind ONBUILD', 'ONBUILD RUN <<EOF\nx\nEOF\nRUN b\n', ['1-3 ONBUILD RUN <<EOF', '4-4 RUN b']],
    ['a heredoc without an end', 'RUN <<EOF\nRUN b\n', ['1-2 RUN <<EOF']],
    ['a here-string', 'RUN cat <<< "hi"\nRUN b\n', ['1-1 RUN cat <<< "hi"', '2-2 RUN b']],
    ['a quoted opener', 'RUN echo "<<EOF"\nRUN b\n', ['1-1 RUN echo "<<EOF"', '2-2 RUN b']],
    ['an opener in the JSON form', 'RUN ["echo", "<<EOF"]\nRUN b\n', ['1-1 RUN ["echo", "<<EOF"]', '2-2 RUN b']],
    ['a shift', 'RUN echo $((1<<2)) x<<y\nRUN b\n', ['1-1 RUN echo $((1<<2)) x<<y', '2-2 RUN b']],
    ['an open quote before the opener', "RUN echo it's <<EOF\nRUN b\n", ["1-1 RUN echo it's <<EOF", '2-2 RUN b']],
    [
      'an instruction that has no heredocs',
      'CMD cat <<EOF\nENV A=<<B\nRUN b\n',
      ['1-1 CMD cat <<EOF', '2-2 ENV A=<<B', '3-3 RUN b']
    ],
    ['another escape', '# escape=`\nRUN a `\n b\nRUN c:\\\nRUN d\n', ['2-3 RUN a  b', '4-4 RUN c:\\', '5-5 RUN d']],
    ['an escape directive that comes too late', '# c\n# escape=`\nRUN a `\nRUN b\n', ['3-3 RUN a `', '4-4 RUN b']],
    [
      'Windows line ends and a byte order mark',
      '\uFEFFFROM a\r\nRUN b \\\r\n c\r\nRUN <<E\r\nx\r\nE\r\nRUN d\r\n',
      ['1-1 FROM a', '2-3 RUN b  c', '4-6 RUN <<E', '7-7 RUN d']
    ],
    ['spaces before a word', '  \tRUN a\n\n \n', ['1-1 RUN a']]
  ])('reads %s', (_what, text, instructions) => {
    expect(split(text)).toEqual(instructions);
  });

  it('reads directives, also after a line for the shell', () => {
    const read = (text: string): string[] =>
      splitInstructions(text).directives.map(({ name, value, line }) => `${line} ${name}=${value}`);
    expect(read('#syntax=a/b:1\n# Escape = `\n# check=skip=all\n# syntax=c\n')).toEqual([
      '1 syntax=a/b:1',
      '2 escape=`',
      '3 check=skip=all'
    ]);
    expect(read('#!/usr/bin/env x\n# check=skip=all\n# syntax=a/b:1\nFROM a\n')).toEqual([
      '2 check=skip=all',
      '3 syntax=a/b:1'
    ]);
    expect(read('# c\n# syntax=a/b:1\n')).toEqual([]);
    expect(read('# other=1\n# syntax=a/b:1\n')).toEqual([]);
  });

  it('ends at a line that BuildKit does not read', () => {
    expect(split(`RUN a\nRUN ${'b'.repeat(65_600)}\nRUN c\n`)).toEqual(['1-1 RUN a']);
    expect(split(`RUN a\nRUN ${'b'.repeat(65_531)}\nRUN c\n`)).toHaveLength(3);
  });

  it('keeps the text of heredocs', () => {
    const { instructions } = splitInstructions('COPY <<-a <<"b" /d/\n\tone\n\ta\ntwo $X\nb\n');
    expect(instructions[0]?.heredocs).toEqual([
      { name: 'a', stripsTabs: true, expands: true, isSpaced: false, content: '\tone\n' },
      { name: 'b', stripsTabs: false, expands: false, isSpaced: false, content: 'two $X\n' }
    ]);
  });

  it('gives instructions that follow one another, in lines of the text', () => {
    const piece = fc.constantFrom(
      'RUN ',
      'COPY ',
      'x',
      ' ',
      '\\',
      '`',
      '\n',
      '\r\n',
      '<<',
      '<<-',
      'EOF',
      '"',
      "'",
      '#',
      '\t',
      '['
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        let before = 0;
        for (const { line, endLine } of splitInstructions(text).instructions) {
          expect(line).toBeGreaterThan(before);
          expect(endLine).toBeGreaterThanOrEqual(line);
          before = endLine;
        }
        expect(before).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 500 }
    );
  });
});
