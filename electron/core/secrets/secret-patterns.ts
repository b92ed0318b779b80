/**
 * How secrets are recognized: by name, by format, and by the commands that take them. These tables are the only list;
 * build records, comparisons, analyses and exports all read them. Names are lower case, with `_` between words.
 */

/** Words that make a name secret anywhere in it, also at the end of another word: "pgpassword". */
export const secretWords = [
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'passphrases',
  'passcode',
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials'
];

/** Words that make a name secret only as its last word: PASS_THROUGH and AUTHORIZATION_MODE are settings. */
export const secretLastWords = new Set('pass pwd pat jwt bearer authorization creds cred mnemonic'.split(' '));

/** Suffixes that do not change the meaning of a secret's name. */
export const qualifiers = new Set(
  'prod production dev development test testing staging stage qa local ci default new old current primary secondary base64 b64 hex enc encoded encrypted plain value'.split(
    ' '
  )
);

/** Qualifiers that make a key or token secret: API_KEY is secret, CACHE_KEY and PUBLIC_KEY are not. */
export const secretKeyOwners =
  'access account admin aes age api app application auth client consumer cookie crypto decrypt decryption deploy dsa ecdsa ed25519 enc encrypt encryption hmac instrumentation jwt license licence maps master openai pem private priv rsa secret security server service session shared signing ssh ssl storage stripe subscription tls vault webhook write'.split(
    ' '
  );
export const secretTokenOwners = 'access api auth bearer bot deploy refresh session'.split(' ');

/** Names that are secret as they are, or with a prefix. */
export const secretNames = [
  'access_key_id',
  'secret_id',
  'docker_auth_config',
  'basic_auth',
  'http_auth',
  'proxy_auth',
  'redis_auth',
  'rediscli_auth',
  'pass_word',
  'seed_phrase'
];

/** Exceptions. GPG_KEY and GPG_KEYS of the official images are public fingerprints. */
export const harmlessNames = new Set([
  'pwd',
  'oldpwd',
  'old_pwd',
  'init_pwd',
  'gpg_key',
  'gpg_keys',
  'askpass',
  'git_askpass',
  'ssh_askpass',
  'sudo_askpass'
]);

/** Words that end in "pass". */
export const harmlessWords = new Set(
  'askpass bypass compass encompass keepass lastpass overpass surpass trespass underpass'.split(' ')
);

/** First words of counts and of negations: MAX_TOKEN, --no-password. */
export const harmlessStarts = new Set('max min num total count no without disable enable use has is'.split(' '));

/** Last words of names whose value is a location, a number, a duration or the like. */
export const harmlessEnds = new Set(
  (
    'file files filename path paths dir directory folder location mount url uri urls endpoint host hostname port server service ' +
    'name names user username id ids arn ref reference source env var variable ' +
    'length len size count limit max min budget ttl expiry expires expiration lifetime timeout age days hours minutes seconds ms interval rotation ' +
    'enabled disabled enable disable required optional allowed supported exists ' +
    'type kind format version algorithm alg algo encoding charset policy pattern regex validator validators strength complexity rounds iterations cost ' +
    'prefix suffix header field param parameter column label title hint prompt message placeholder ' +
    'provider backend store manager helper plugin driver class command cmd program script tool mode scheme issuer audience scope scopes status state role ' +
    'fingerprint thumbprint checksum digest sha sha1 sha256 sha512 md5 stdin fd'
  ).split(' ')
);

/** Words for passwords: a number is a password too, while the number of a token is a count. */
export const passwordWords = /pass(?:words?|wd|phrases?|code)?$|pwd$/;

/** Headers with a secret value, in addition to those with a secret name. */
export const secretHeaders = new Set(['cookie', 'set-cookie']);

/** Parameters of signed URLs. */
export const secretParameters = new Set([
  'sig',
  'signature',
  'x-amz-signature',
  'x-amz-credential',
  'x-goog-signature'
]);

/** Words that follow a secret's name in a sentence: "token: not found", "--password is required". */
export const sentenceWords = new Set(
  'a an and are as at by cannot does expired failed flag for from has if in incorrect invalid is it missing must needs no not of on only option or permission required the this to unauthorized unknown unset using via was were with without wrong'.split(
    ' '
  )
);

/** The schemes of Authorization headers. */
export const authorizationSchemes = 'basic|bearer|token|digest|apikey|negotiate|bot|splunk|sso-key|aws4-hmac-sha256';

/**
 * Formats that identify a secret under any name. None nests repetitions, and only the end may be long, so that
 * all of them together take linear time.
 */
export const secretFormats: Readonly<Record<string, string>> = {
  'GitHub token': String.raw`gh[pousr]_[A-Za-z0-9]{20,}`,
  'GitHub fine-grained token': String.raw`github_pat_\w{20,}`,
  'GitLab token': String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w-]{16,}`,
  'npm token': String.raw`npm_[A-Za-z0-9]{30,}`,
  'PyPI token': String.raw`pypi-AgE[\w-]{16,}`,
  'RubyGems key': String.raw`rubygems_[0-9a-f]{40,}`,
  'NuGet key': String.raw`oy2[a-z0-9]{43}`,
  'Docker Hub token': String.raw`dckr_[po]at_[\w-]{20,}`,
  'Slack token': String.raw`xox[abeoprs]-[\w-]{10,}`,
  'Slack app token': String.raw`xapp-\d-[\w-]{20,}`,
  'Slack webhook': String.raw`hooks\.slack\.com/(?:services|workflows)/[\w/]{20,}`,
  'Discord webhook': String.raw`discord(?:app)?\.com/api/webhooks/\d{5,30}/[\w-]{20,}`,
  'Telegram bot token': String.raw`\d{8,10}:[\w-]{35}`,
  'Stripe key': String.raw`[sr]k_(?:live|test)_[A-Za-z0-9]{10,}`,
  'Stripe webhook secret': String.raw`whsec_[A-Za-z0-9+/]{20,}`,
  'AWS access key': String.raw`(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`,
  'Google API key': String.raw`AIza[\w-]{30,}`,
  'Google OAuth secret': String.raw`GOCSPX-[\w-]{20,}`,
  'Google access token': String.raw`ya29\.[\w-]{20,}`,
  'Azure client secret': String.raw`(?<![\w~.-])[\w~.-]{3}8Q~[\w~.-]{31,}`,
  'DigitalOcean token': String.raw`do[oprt]_v1_[0-9a-f]{40,}`,
  'Hugging Face token': String.raw`hf_[A-Za-z0-9]{30,}`,
  'OpenAI or Anthropic key': String.raw`sk-(?:(?:proj|ant|svcacct|admin|or)-[\w-]{20,}|[A-Za-z0-9]{32,})`,
  'SendGrid key': String.raw`SG\.[\w-]{16,32}\.[\w-]{16,}`,
  'Twilio key': String.raw`SK[0-9a-f]{32}(?![A-Za-z0-9])`,
  'Mailgun key': String.raw`key-[0-9a-f]{32}(?![A-Za-z0-9])`,
  'Shopify token': String.raw`shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`,
  'Square token': String.raw`sq0(?:atp|csp|idp)-[\w-]{20,}`,
  'Vault token': String.raw`hv[sbr]\.[\w-]{20,}`,
  'Databricks token': String.raw`dapi[0-9a-f]{32}`,
  'New Relic key': String.raw`NRAK-[A-Z0-9]{27}`,
  'Sentry token': String.raw`sntry[su]_[\w+/=-]{20,}`,
  'Grafana token': String.raw`gl(?:sa|c)_[\w+/=-]{20,}`,
  'Atlassian token': String.raw`ATATT3[\w=-]{20,}`,
  'Linear key': String.raw`lin_api_[A-Za-z0-9]{20,}`,
  'Pulumi token': String.raw`pul-[0-9a-f]{40}`,
  'age secret key': String.raw`AGE-SECRET-KEY-1[A-Z0-9]{20,}`,
  'JSON Web Token': String.raw`(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
  'password hash': String.raw`\$(?:apr1|2[abxy]|[156]|y)\$[./A-Za-z0-9$,=-]{20,}`,
  'Authorization value': String.raw`(?:Bearer|Basic) +(?=\S{0,64}\d)[\w.~+/=-]{16,}`,
  'Go data source': String.raw`(?<![\w.-])[\w.-]{1,64}:[^\s@/:"']{1,256}@(?:tcp|unix)\(`
};

/** Options of well-known commands that take a secret, although the option's name alone does not show it. */
export interface SecretOption {
  readonly programs: readonly string[];
  /** A word that the command must also contain: `docker run -p` publishes a port. */
  readonly subcommand?: string;
  readonly options: readonly string[];
  /** Whether the value follows the option without a space: `mysql -px`. */
  readonly attached?: boolean;
  /** Whether the value is secret only with a password after its user: `curl -u user:password`. */
  readonly isLogin?: boolean;
}

export const secretOptions: readonly SecretOption[] = [
  {
    programs: 'docker podman nerdctl buildah skopeo helm oras crane regctl az oc gcloud heroku'.split(' '),
    subcommand: 'login',
    options: ['-p']
  },
  { programs: ['skopeo', 'podman', 'buildah'], options: ['--creds', '--src-creds', '--dest-creds'] },
  {
    programs: 'mysql mysqldump mysqladmin mysqlimport mysqlcheck mariadb mariadb-dump mariadb-admin'.split(' '),
    options: ['-p'],
    attached: true
  },
  { programs: ['sshpass', '7z', '7za', '7zr'], options: ['-p'], attached: true },
  {
    programs: ['sshpass', 'useradd', 'usermod', 'mongo', 'mongosh', 'mongodump', 'mongorestore', 'cqlsh'],
    options: ['-p']
  },
  { programs: ['dotnet'], subcommand: 'nuget', options: ['-p'] },
  { programs: ['redis-cli'], options: ['-a'] },
  { programs: ['zip', 'unzip', 'sqlcmd', 'bcp', 'mosquitto_pub', 'mosquitto_sub'], options: ['-P'] },
  { programs: ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldapwhoami'], options: ['-w'] },
  { programs: ['openssl'], options: ['-passin', '-passout', '-pass', '-k', '-K'] },
  { programs: ['curl'], options: ['-u', '-U', '--user', '--proxy-user'], isLogin: true },
  { programs: ['curl'], options: ['-u', '-U'], attached: true, isLogin: true }
];

/** Commands that read a secret piped into them by echo or printf. */
export const pipedSecret =
  /(?<![\w-])chpasswd(?![\w-])|--password-stdin|--with-token|--passphrase-fd|\bpasswd[^|;&]{0,100}--stdin|\bsudo[ \t]+-S\b/;

/** Commands that take a secret as an operand; the group is the secret. Texts without the word are not searched. */
export const positionalSecrets: readonly { readonly word: string; readonly pattern: RegExp }[] = [
  {
    word: 'htpasswd',
    pattern: /(?<![\w-])htpasswd[ \t]+-[A-Za-z]{0,8}b[A-Za-z]{0,8}[ \t]+\S{1,200}[ \t]+\S{1,100}[ \t]+(\S{1,200})/dg
  },
  { word: 'add_user', pattern: /(?<![\w-])add_user[ \t]+\S{1,100}[ \t]+(\S{1,200})/dg },
  { word: 'change_password', pattern: /(?<![\w-])change_password[ \t]+\S{1,100}[ \t]+(\S{1,200})/dg },
  { word: 'http-basic', pattern: /(?<![\w-])http-basic\.\S{1,100}[ \t]+\S{1,100}[ \t]+(\S{1,200})/dg },
  { word: 'vault', pattern: /(?<![\w-])vault[ \t]+login[ \t]+(?!-)([^\s=]{8,200})(?=\s|$)/dg }
];
