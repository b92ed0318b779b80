import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '#core/registry/parse-challenges.ts';

const read = (header: string | null): [string, Record<string, string>][] =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('parseChallenges', () => {
  it.each<[string | null, [string, Record<string, string>][]]>([
    [null, []],
    ['', []],
    ['Basic realm="Registry Realm"', [['basic', { realm: 'Registry Realm' }]]],
    ['Basic', [['basic', {}]]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:a/b:pull,push' }
        ]
      ]
    ],
    [
      'bearer Realm = "https://x/t" , Service=bare , Basic realm="r"',
      [
        ['bearer', { realm: 'https://x/t', service: 'bare' }],
        ['basic', { realm: 'r' }]
      ]
    ],
    [
      'Negotiate, Basic realm="a \\"quoted\\" word"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a "quoted" word' }]
      ]
    ],
    ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
    ['realm="no scheme"', []],
    ['Bearer realm="unclosed', [['bearer', {}]]]
  ])('%s', (header, challenges) => {
    expect(read(header)).toEqual(challenges);
  });

  it('terminates for any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Basic', 'Bearer', ' ', ',', '=', '"', '\\', 'realm', '\t'), { maxLength: 60 }),
        (parts) => {
          expect(parseChallenges(parts.join('')).length).toBeLessThanOrEqual(16);
        }
      )
    );
  });

  it('is fast for a hostile header', () => {
    expect(parseChallenges(`Bearer ${'a="\\'.repeat(100_000)}`).length).toBeLessThanOrEqual(16);
  });
});
