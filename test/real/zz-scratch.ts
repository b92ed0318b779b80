import tar from 'tar-stream';
import { writeFileSync } from 'node:fs';
import { connectEngine } from '/work/main/electron/core/engine/connect-engine.ts';
import { runBuild } from '/work/main/electron/core/build/run-build.ts';
import { toErrorData } from '/work/main/electron/core/app-error.ts';
import { applyBuildEvent, emptyBuildSnapshot } from '/work/main/electron/contract/build-reducer.ts';
const sock = process.argv[2]!;
const classic = process.argv[3] === 'classic';
const only = process.argv[4];
const engine0 = await connectEngine({
  candidate: { id: 'x', name: 'Test', source: 'system', address: 'unix://' + sock },
  target: { kind: 'socket', socketPath: sock },
  automatic: true
});
const cases: Record<
  string,
  { files: Record<string, string>; target?: string; tag?: string; noCache?: boolean; df?: string; net?: string }
> = {
  ok: {
    files: {
      Dockerfile:
        '# c\nFROM busybox AS one\nARG V=1\nRUN echo "hello $V" > /x\nFROM busybox\nWORKDIR /app\nENV A=b\nCOPY --from=one /x /x\nCOPY app.txt $A/\nRUN echo done \\\n && echo more\nCMD ["sh"]\n',
      'app.txt': 'x'
    }
  },
  ok2: {
    files: {
      Dockerfile:
        '# c\nFROM busybox AS one\nARG V=1\nRUN echo "hello $V" > /x\nFROM busybox\nWORKDIR /app\nENV A=b\nCOPY --from=one /x /x\nCOPY app.txt $A/\nRUN echo done \\\n && echo more\nCMD ["sh"]\n',
      'app.txt': 'x'
    }
  },
  run1: { files: { Dockerfile: 'FROM busybox\nRUN echo before; exit 42\n' }, noCache: true },
  syntax: { files: { Dockerfile: 'FROM busybox\nRUNN foo\n' } },
  copy: { files: { Dockerfile: 'FROM busybox\n\nCOPY nofile /x\n' } },
  base: { files: { Dockerfile: 'FROM 127.0.0.1:5999/no/such:1\nRUN true\n' } },
  target: { files: { Dockerfile: 'FROM busybox\nRUN true\n' }, target: 'nope' },
  nodf: { files: { Dockerfile: 'FROM busybox\nRUN true\n' }, df: 'other.Dockerfile' },
  tag: { files: { Dockerfile: 'FROM busybox\nRUN true\n' }, tag: 'Bad Tag' },
  empty: { files: { Dockerfile: '\n' } },
  nofrom: { files: { Dockerfile: 'RUN true\n' } }
};
for (const [name, c] of Object.entries(cases)) {
  if (only && only !== name) continue;
  const pack = tar.pack();
  for (const [n, t] of Object.entries(c.files)) pack.entry({ name: n }, t);
  pack.finalize();
  const raw: string[] = [];
  const engine: any = {
    info: { ...engine0.info, buildkit: engine0.info.buildkit && !classic },
    json: (r: any) => engine0.json(r),
    upgrade: (r: any) => engine0.upgrade(r),
    stream: async (r: any) => {
      const s = await engine0.stream(r);
      s.on('data', (d: Buffer) => raw.push(d.toString()));
      return s;
    }
  };
  const snap = emptyBuildSnapshot();
  const t = Date.now();
  try {
    const res = await runBuild(
      {
        engine,
        context: pack as any,
        dockerfile: c.df ?? 'Dockerfile',
        dockerfileText: c.files['Dockerfile']!,
        options: {
          tag: c.tag ?? 't:1',
          buildArgs: {},
          target: c.target ?? null,
          noCache: c.noCache ?? false,
          pull: false
        },
        loginFor: async () => null,
        ...(process.env.NET ? { networkMode: process.env.NET } : {})
      },
      { signal: new AbortController().signal, emit: (e) => applyBuildEvent(snap, e) }
    );
    console.log('##', name, 'OK', res, Date.now() - t);
  } catch (e) {
    console.log('##', name, 'ERR', JSON.stringify(toErrorData(e)), Date.now() - t);
    if ((e as any).data === undefined) console.log(e);
  }
  for (const s of snap.steps)
    console.log(
      '  ',
      s.id,
      s.instruction ? '*' : ' ',
      s.line,
      s.stage,
      s.status,
      s.name.slice(0, 60),
      s.startedAt && s.completedAt ? s.completedAt - s.startedAt : '',
      s.error?.slice(0, 80) ?? '',
      JSON.stringify(snap.logs[s.id]?.lines.slice(0, 4) ?? [])
    );
  if (process.env.RAW) {
    writeFileSync(process.env.RAW + '-' + name + '.ndjson', raw.join(''));
  }
}
console.log((process as any).getActiveResourcesInfo());
