import { describe, expect, test } from 'vitest';
import { looksSecretValue } from '#core/secrets/find-secret-values.ts';

const a = (count: number): string => 'a1B2c3D4'.repeat(count).slice(0, count);
const hex = (count: number): string => '0123456789abcdef'.repeat(count).slice(0, count);
const pem = (kind: string): string => `-----BEGIN ${kind}-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQ==\n-----END ${kind}-----`;

const secret: Record<string, string> = {
  'GitHub token': `ghp_${a(36)}`,
  'GitHub server token': `ghs_${a(36)}`,
  'GitHub fine-grained token': `github_pat_${a(22)}_${a(59)}`,
  'GitLab token': `glpat-${a(20)}`,
  'GitLab deploy token': `gldt-${a(20)}`,
  'npm token': `npm_${a(36)}`,
  'PyPI token': `pypi-AgEIcHlwaS5vcmc${a(40)}`,
  'RubyGems key': `rubygems_${hex(48)}`,
  'Docker Hub token': `dckr_pat_${a(27)}`,
  'Slack token': `xoxb-${hex(12)}-${a(24)}`,
  'Slack webhook': `https://hooks.slack.com/services/T0000/B0000/${a(24)}`,
  'Discord webhook': `https://discord.com/api/webhooks/123456789012345678/${a(60)}`,
  'Telegram bot token': `123456789:${a(35)}`,
  'Stripe key': `sk_live_${a(24)}`,
  'Stripe webhook secret': `whsec_${a(32)}`,
  'AWS access key': 'AKIAIOSFODNN7EXAMPLE',
  'AWS temporary key': 'ASIAIOSFODNN7EXAMPLE',
  'Google API key': `AIza${a(35)}`,
  'Google OAuth secret': `GOCSPX-${a(28)}`,
  'DigitalOcean token': `dop_v1_${hex(64)}`,
  'Hugging Face token': `hf_${a(34)}`,
  'OpenAI key': `sk-${a(48)}`,
  'OpenAI project key': `sk-proj-${a(48)}`,
  'Anthropic key': `sk-ant-api03-${a(80)}`,
  'SendGrid key': `SG.${a(22)}.${a(43)}`,
  'Vault token': `hvs.${a(24)}`,
  JWT: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${a(43)}`,
  'JWT without a signature': 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'private key': pem('PRIVATE KEY'),
  'RSA key': pem('RSA PRIVATE KEY'),
  'OpenSSH key': pem('OPENSSH PRIVATE KEY'),
  'PGP key': pem('PGP PRIVATE KEY BLOCK'),
  'key on one line': pem('EC PRIVATE KEY').replaceAll('\n', '\\n'),
  'key that is cut': '-----BEGIN RSA PRIVATE KEY-----',
  'bcrypt hash': `$2b$12$${a(53)}`,
  'htpasswd line': `admin:$apr1$${a(8)}$${a(22)}`,
  'URL with a password': 'postgres://app:s3cret@db:5432/app',
  'URL with an unescaped password': 'postgres://app:s3/c#ret@db:5432/app',
  'URL with an @ in its password': 'amqp://app:s3c@ret@mq',
  'URL with a token for a user': `https://${hex(40)}@github.com/a/b.git`,
  'URL with a token and no password': `https://${hex(40)}:@api.example.com`,
  'git URL with a token': 'https://x-access-token:abcd@github.com/a/b.git',
  'Go data source': 'root:hunter2@tcp(127.0.0.1:3306)/db',
  'Authorization value': `Bearer ${a(24)}`,
  'among others': `--x=1 token ghp_${a(36)}, and more`
};

const harmless: Record<string, string> = {
  digest: `sha256:${hex(64)}`,
  'digest of an image': `docker.io/library/alpine:3.20@sha256:${hex(64)}`,
  'image by registry and digest': `docker://registry.example.com:5000/a/b@sha256:${hex(64)}`,
  commit: hex(40),
  UUID: '123e4567-e89b-12d3-a456-426614174000',
  version: '3.12.4-slim-bookworm',
  'GPG fingerprint': 'A035C8C19219BA821ECEA86B64E628F8D684696D',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  URL: 'https://example.org/a:b@c',
  'URL with a port': 'http://localhost:8080/x@y',
  'URL with IPv6': 'http://[::1]:80/a@b',
  'URL with a user': 'https://git@github.com/a/b.git',
  'URL with variables': 'https://$USER:${TOKEN}@github.com/a/b.git',
  'URL with a variable port': 'http://$HOST:$PORT/a@b',
  'SSH URL': 'ssh://git@github.com:22/a/b.git',
  'scp address': 'git@github.com:a/b.git',
  email: 'alice@example.org',
  'masked URL': 'https://••••••••@host/x',
  'public key': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk alice@host',
  certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  'PGP public key': '-----BEGIN PGP PUBLIC KEY BLOCK-----\nx\n-----END PGP PUBLIC KEY BLOCK-----',
  'test prefix': 'ghp_short',
  'package name': 'pypi-simple npm_config_cache sk-learn xoxo hf_hub',
  sentence: 'Basic authentication for bearers of tokens',
  time: '2026-11-24T12:00:00.5Z',
  empty: ''
};

describe('a value', () => {
  test.each(Object.entries(secret))('looks secret: %s', (_, value) => {
    expect(looksSecretValue(value)).toBe(true);
  });

  test.each(Object.entries(harmless))('does not: %s', (_, value) => {
    expect(looksSecretValue(value)).toBe(false);
  });
});
