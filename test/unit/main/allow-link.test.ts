import { describe, expect, it } from 'vitest';
import { allowLink } from '../../../electron/main/allow-link.ts';

describe('allowLink', () => {
  it('allows https pages of listed hosts', () => {
    expect(allowLink('https://hub.docker.com/r/alice/app')).toBe('https://hub.docker.com/r/alice/app');
  });

  it.each([
    'http://hub.docker.com/',
    'https://hub.docker.com.evil.example/',
    'https://hub.docker.com:8443/',
    'https://user@hub.docker.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not a url'
  ])('refuses %s', (url) => expect(() => allowLink(url)).toThrow('link-refused'));
});
