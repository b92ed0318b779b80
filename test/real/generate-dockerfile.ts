import fc from 'fast-check';

/** An instruction that no builder knows: its error names the line where the builder sees it begin. */
const probe = 'ZZPROBE';

const word = fc.constantFrom(
  'a',
  'b=c',
  '"q r"',
  "'s'",
  '$V',
  '${V:-x}',
  'c:\\\\d',
  '#e',
  '&&',
  'x<<y',
  '"<<EOF"',
  '$((1<<2))'
);
const comment = fc.constantFrom('# why', '   # FROM x', '#', '', '   ', '\t# RUN');
const bodyLine = fc.constantFrom('FROM b', 'RUN echo \\', '# c', '', '  EOF', 'EOF2', 'hello', "it's", '<<EOF', '\tx');
const opener = fc.constantFrom(
  '<<EOF',
  '<<-EOF',
  '<< EOF',
  '<<"EOF"',
  "<<'EOF'",
  '3<<EOF',
  '<<E"O"F',
  '<<-  EOF',
  '<<\\EOF'
);

/** How a Dockerfile ends its lines and continues them. */
interface Style {
  readonly escape: '\\' | '`';
  readonly lineEnd: '\n' | '\r\n';
}

/** Words with line continuations between some of them, and comments and empty lines in these. */
function continuedWords({ escape, lineEnd }: Style): fc.Arbitrary<string> {
  const gap = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(' ', '  ', '\t') },
    fc
      .tuple(fc.constantFrom(' ', ''), fc.constantFrom('', ' ', '\t '), fc.array(comment, { maxLength: 2 }))
      .map(([before, after, lines]) => before + escape + after + lineEnd + lines.map((line) => line + lineEnd).join(''))
  );
  return fc
    .array(fc.tuple(gap, word), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([before, text]) => before + text).join(''));
}

/** The end of an instruction's line: nothing, or escape characters that do not continue it. */
function lineTail({ escape }: Style): fc.Arbitrary<string> {
  return fc.constantFrom('', '', '', ' ', ` ${escape}${escape}`, `${escape}${escape} `, ` x${escape}y`);
}

function heredocs({ lineEnd }: Style): fc.Arbitrary<{ openers: string; bodies: string }> {
  const one = fc.tuple(opener, fc.array(bodyLine, { maxLength: 3 }));
  return fc.array(one, { minLength: 1, maxLength: 2 }).map((docs) => ({
    openers: docs.map(([text]) => text).join(' '),
    bodies: docs
      .map(([text, lines]) => [...lines, text.includes('-') ? '\t\tEOF' : 'EOF'].join(lineEnd) + lineEnd)
      .join('')
  }));
}

function instruction(style: Style): fc.Arbitrary<string> {
  const { lineEnd } = style;
  const keyword = fc.constantFrom('RUN', 'run', '  RUN', '\tCMD', 'ENTRYPOINT', 'ONBUILD RUN', 'ENV V', 'LABEL l=1');
  const plain = fc.tuple(keyword, continuedWords(style), lineTail(style)).map((parts) => parts.join('') + lineEnd);
  const withHeredoc = fc
    .tuple(fc.constantFrom('RUN', 'RUN cat', 'COPY', 'ONBUILD RUN', 'ADD'), heredocs(style))
    .map(
      ([start, { openers, bodies }]) => `${start} ${openers}${/COPY|ADD/.test(start) ? ' /d/' : ''}${lineEnd}${bodies}`
    );
  const fixed = fc.constantFrom(
    'RUN cat <<< "hi"',
    "RUN echo it's <<EOF",
    'RUN ["echo", "<<EOF"]',
    'LABEL d="<<EOF" e=<<EOF',
    'CMD cat <<EOF',
    'RUN --mount=type=cache,target=/c echo',
    'ENV C trailing\\\\backslash\\\\',
    'COPY a b',
    '# a comment \\',
    ''
  );
  return fc.oneof(
    plain,
    withHeredoc,
    fixed.map((text) => text + lineEnd)
  );
}

/** Dockerfiles of all that decides where an instruction begins, with one probe in them. */
export const dockerfileWithProbe: fc.Arbitrary<string> = fc
  .record({ escape: fc.constantFrom('\\', '`'), lineEnd: fc.constantFrom('\n', '\r\n') } as const)
  .chain((style: Style) => {
    const { escape, lineEnd } = style;
    const top = fc.constantFrom('', '\uFEFF', `# c${lineEnd}`, lineEnd).map((text) => {
      const directive = `#  Escape = ${escape}${lineEnd}`;
      return text === '' || text === '\uFEFF' ? text + directive : escape === '`' ? directive + text : text;
    });
    return fc
      .tuple(top, fc.array(instruction(style), { maxLength: 5 }), fc.array(instruction(style), { maxLength: 1 }))
      .map(([start, before, after]) => {
        const from = `FROM scratch${lineEnd}`;
        return [start, from, ...before, `${probe} x${lineEnd}`, ...after].join('');
      });
  });
