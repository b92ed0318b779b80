import { expect, test } from 'vitest';
import { formatHealthcheck } from '#core/compare/format-healthcheck.ts';

test('a health check is formatted as a Dockerfile instruction', () => {
  const shell = {
    Test: ['CMD-SHELL', 'wget -q localhost'],
    Interval: 30_000_000_000,
    Timeout: 1_500_000_000,
    Retries: 3
  };
  expect(formatHealthcheck(shell)).toBe('--interval=30s --timeout=1500ms --retries=3 CMD wget -q localhost');
  expect(formatHealthcheck({ Test: ['CMD', 'curl', '-f', 'a b'], StartPeriod: 0 })).toBe('CMD ["curl","-f","a b"]');
  expect(formatHealthcheck({ Test: ['NONE'] })).toBe('NONE');
});

test('anything a Dockerfile cannot express is formatted as JSON', () => {
  for (const odd of [{}, { Test: [] }, { Test: ['CMD'], Other: 1 }, { Test: ['CMD'], Interval: -1 }, { Test: [7] }]) {
    expect(formatHealthcheck(odd)).toBe(JSON.stringify(odd));
  }
});
