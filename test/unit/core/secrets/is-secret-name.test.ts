import { describe, expect, test } from 'vitest';
import { isPasswordName, isSecretName } from '#core/secrets/is-secret-name.ts';

const secret = `
  PASSWORD DB_PASSWORD db_password db-password db.password dbPassword DbPassword DBPASSWORD PGPASSWORD MYSQL_ROOT_PASSWORD
  MYSQL_PWD DB_PWD dbPwd DB_PASS DB_PASS_PROD PASS SMTP_PASS SSHPASS USER_PASSWD PASSPHRASE GPG_PASSPHRASE PASSWORD_2 PASSWORD1
  PASSWORD_HASH PASS_WORD KEY_PASSWORD keyStorePassword -Djavax.net.ssl.trustStorePassword TWINE_PASSWORD
  SECRET CLIENT_SECRET clientSecret clientsecret SECRET_KEY SECRET_KEY_BASE DJANGO_SECRET_KEY JWT_SECRET VAULT_SECRET_ID
  TOKEN API_TOKEN npm_token NPM_TOKEN npmToken NODE_AUTH_TOKEN authToken _authToken NPM_CONFIG__AUTHTOKEN
  NPM_CONFIG__AUTH _auth //npm.example.com/:_authToken //npm.example.com/:_auth GITHUB_TOKEN CI_JOB_TOKEN HF_TOKEN
  ACCESS_TOKENS REFRESH_TOKEN identitytoken PRIVATE-TOKEN X-Auth-Token X-Vault-Token
  AWS_SECRET_ACCESS_KEY awsSecretAccessKey AWS_ACCESS_KEY_ID AWS_SESSION_TOKEN ACCESS_KEY SIGNING_KEY ENCRYPTION_KEY LICENSE_KEY
  API_KEY APIKEY api-key apiKey X-Api-Key OPENAI_API_KEY STRIPE_API_KEY PRIVATE_KEY privateKey SSH_PRIVATE_KEY PRIVATE_KEY_BASE64
  SSH_KEY DEPLOY_KEY ACCOUNT_KEY AccountKey SharedAccessKey MASTER_KEY RAILS_MASTER_KEY APP_KEY STORAGE_KEY HMAC_KEY
  GITHUB_PAT PAT AZURE_DEVOPS_EXT_PAT SERVICE_JWT BEARER Authorization Proxy-Authorization HTTP_AUTHORIZATION
  CREDENTIALS AWS_CREDENTIALS DOCKER_CREDS BASIC_AUTH REDIS_AUTH DOCKER_AUTH_CONFIG WALLET_MNEMONIC --password --db-password
`;

const harmless = `
  AUTHOR GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL AUTHORITY MAX_TOKENS MAX_TOKEN NUM_TOKENS TOKENS TOKENIZERS_PARALLELISM TOKENIZER
  KEYBOARD KEYBOARD_LAYOUT MONKEY DONKEY HOTKEY PASSENGER PASSENGER_APP_ENV COMPASS BYPASS_CACHE BYPASS PASSTHROUGH PASS_THROUGH
  PYTHONHASHSEED GPG_KEY GPG_KEYS NGINX_GPG_KEY PUBLIC_KEY SSH_PUBLIC_KEY PRIMARY_KEY CACHE_KEY SORT_KEY KEY KEYS FOREIGN_KEY
  PATH CLASSPATH PWD OLDPWD LANG HOME PYTHON_VERSION NODE_VERSION PYTHON_SHA256 TOKEN_SHA256 SECRET_DIGEST
  DB_PASSWORD_FILE PASSWORD_FILE PGPASSFILE TOKEN_URL tokenUrl AUTH_URL OAUTH_CLIENT_ID TOKEN_TTL TOKEN_EXPIRY SECRET_NAME
  SECRETS_DIR SECRET_ARN TOKEN_ENDPOINT TOKEN_LIMIT PASSWORD_MIN_LENGTH PASSWORD_POLICY API_KEY_HEADER GIT_ASKPASS SSH_ASKPASS
  AUTH AUTH_ENABLED AUTHENTICATION SECRETARY PATTERN SPAT COMPAT PATCH HAS_PASSWORD NO_PASSWORD --no-password --password-stdin --no-auth
  SIGNING_KEY_ID CREDENTIAL_HELPER KEYSTORE KEYSTORE_TYPE SSH_KEYSCAN BASKETBALL TOKYO MAINTAINER ACCESS_LOG SIGNATURE
  org.opencontainers.image.authors org.opencontainers.image.source com.example.vendor
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('a name', () => {
  test.each(words(secret))('%s is a secret’s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([...words(harmless), '', '_', '=', '123'])('%j is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test('is read from its end, however long it is', () => {
    expect(isSecretName(`${'x'.repeat(1_000_000)}_PASSWORD`)).toBe(true);
    expect(isSecretName('PASSWORD_'.repeat(100_000) + 'FILE')).toBe(false);
  });
});

test('a number is a secret only as a password', () => {
  for (const name of ['PASSWORD', 'DB_PASS', 'MYSQL_PWD', 'passphrase2', 'PGPASSWORD'])
    expect(isPasswordName(name)).toBe(true);
  for (const name of ['API_TOKEN', 'SECRET', 'ACCESS_KEY']) expect(isPasswordName(name)).toBe(false);
});
