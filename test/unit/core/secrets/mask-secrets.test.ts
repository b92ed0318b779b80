import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask, maskHistory, maskKnownSecrets, maskSecretsInText, maskSetting } from '#core/secrets/mask-secrets.ts';

/** Each text has its secrets between guillemets. */
const secret = String.raw`
RUN curl -H token=«abcdef» https://«u:p»@host/x?y=1
|1 NPM_TOKEN=«abc123xyz» /bin/sh -c npm ci
RUN |3 DB_PASS=«my secret pass» OTHER=1 MODE=a /bin/sh -c make FOO=1 # buildkit
RUN |1 DB_PASS=«my secret pass» /bin/bash -o pipefail -c FOO=1 make # buildkit
RUN |2 A=1 API_TOKEN=«abc def» cmd /S /C make
/bin/sh -c #(nop)  ENV DB_PASSWORD=«hunter2 and more» LANG=C.UTF-8
/bin/sh -c #(nop) ARG API_TOKEN=«abc»
ENV DB_PASSWORD=«$ecret (x)»
ENV A=1 DB_PASSWORD=«"a B=c"» D=e
ENV DB_PASSWORD «hunter2 x»
LABEL com.example.token=«abcdef» maintainer=alice
DB_PASSWORD=«hunter2»
export DB_PASSWORD='«hunter 2»' && make
DB_PASSWORD="«it's \"quoted\"»" make
DB_PASSWORD=«ab"c d"'e f'» make
DB_PASSWORD=«hunter\ 2» make
DB_PASSWORD=«a=b» make; DB_PASSWORD=«c»;make
PASSWORD=«1234» TOKEN=1234
sh -c "PASS=\"«a b»\" run"
docker run -p 8080:80 -e API_TOKEN=«zzz» -e "PASS=«a b»" image
docker build --build-arg NPM_TOKEN=«abc» .
docker login -u me -p «hunter22» registry.example.com
docker login -u me -p '«hunter 22»' registry.example.com
docker login --password «hunter22» -u me
podman login -u=me --password=«hunter22» quay.io
helm registry login -u me -p «x1»
["docker","login","-p","«hunter22»"]
["mysqld","--password=«hunter2»"]
["app","--password","«hunter2»","--port","80"]
["sh","-c","PASS=«hunter2 run»"]
skopeo copy --src-creds «me:pw» a b
mysql -uroot -p«hunter2» db
/usr/bin/mysqldump -u root -p"«a b»" db
mysqladmin -u root --password «hunter2» ping
sshpass -p '«hunter 2»' ssh x
sshpass -p«hunter2» ssh x
curl -u «alice:hunter2» https://x
curl --user "«alice:hunter2»" https://x
curl -u«alice:hunter2» https://x
curl -H "Authorization: «Bearer abcdefghijkl»" https://x
curl -H 'Authorization: «Basic dTpw»' https://x
curl -H 'X-Api-Key: «abc def»' --header "PRIVATE-TOKEN: «zzz»" -H 'Accept: text/html'
curl --header=Authorization=«Bearer abcdef» x
curl -b x -H "Cookie: «session=abc; id=1»" x
wget --http-password=«x» y
redis-cli -a «hunter2» ping
ldapsearch -D cn=admin -w «hunter2» -b dc=x
unzip -P «hunter2» x.zip
7z x -p«hunter2» x.7z
openssl rsa -in k -passin «pass:hunter2»
keytool -genkey -storepass «changeit» -keypass «changeit2»
gpg --batch --passphrase «hunter2» -d x
useradd -m -p «xyzhash» bob
htpasswd -bc /etc/nginx/.htpasswd admin «hunter2»
rabbitmqctl add_user admin «hunter2»
poetry config http-basic.foo user «hunter2»
vault login «abcdefgh»
echo '«root:root»' | chpasswd
echo "«root:a;b»" | chpasswd
echo «hunter2» | docker login -u x --password-stdin
printf '«hunter2»' | passwd --stdin root
npm config set //npm.example.com/:_authToken «abcdef»
npm config set //npm.example.com/:_authToken=«abcdef»
npm set _auth «aGVsbG86d29ybGQ=»
aws configure set aws_secret_access_key «wJalr/XUt+n»
echo "//npm.example.com/:_authToken=«abcdef»" > ~/.npmrc
git clone https://«x-access-token:abc»@github.com/a/b
pip install --index-url https://«user:pw»@packages.example.com/simple x
Server=db;User Id=sa;Password=«hunter2»;Encrypt=true
Server=db;Uid=root;Pwd=«hunter2»;
DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«abc+/=»;EndpointSuffix=x
GET /x?access_token=«abc»&y=1
https://a.blob.core.windows.net/x?sv=2024&sig=«abc%3D»&se=1
https://s3/x?X-Amz-Signature=«abcdef»&X-Amz-Expires=60
{"auths":{"r.io":{"auth":"«dXNlcjpwYXNz»"}}}
{"password": "«hunter2»", "x": 1}
{"password":"«a\"b»","x":1}
password: «hunter2»
  api_key: "«hunter 2»" # yaml
-Djavax.net.ssl.keyStorePassword=«changeit»
$env:DB_PASSWORD = "«hunter2»"
db.password = «hunter2»
process "/bin/sh -c curl -H \"token: «abc»\" x" did not complete successfully: exit code: 1
`;

const harmless = String.raw`
RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 unzip mysql-client
RUN |2 VERSION=1.2 MODE=a b /bin/sh -c make # buildkit
ENV PATH=/usr/local/bin:/usr/bin PYTHON_VERSION=3.12.4 GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D
ENV AUTHOR=alice MAX_TOKENS=4096 TOKENIZERS_PARALLELISM=false PYTHONHASHSEED=0 KEYBOARD=us
ADD file:0123456789ab in /
COPY --from=token:latest /secret /secret
FROM alice/password-manager:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
CMD ["node", "server.js", "--port", "8080"]
RUN --mount=type=secret,id=API_TOKEN,env=API_TOKEN make
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
docker build --secret id=token,src=t.txt .
docker run -p 8080:80 --name password x
export TOKEN=$(cat /run/secrets/token) && make
API_TOKEN=$API_TOKEN PASSWORD="${'$'}{DB_PASSWORD}" run --token "$TOKEN"
DB_PASSWORD=/run/secrets/db_password
SSH_KEY=~/.ssh/id_ed25519
PASSWORD= TOKEN="" SECRET='' next
API_TOKEN=true PASSWORD=none
ARG API_TOKEN
curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASS" https://x
curl -u alice https://x
curl -fsSL https://deb.nodesource.com/setup_20.x | bash -
mkdir -p /a && rm -rf /b
echo "deb [signed-by=/etc/apt/keyrings/x.gpg] https://x stable" | tee /etc/apt/sources.list.d/x.list
echo $PASSWORD | docker login -u x --password-stdin
cat pw | chpasswd
echo a; cat pw | chpasswd
openssl rsa -in k -passin env:KEYPASS
set -e; set -o pipefail; git config --global user.name x
git config --global credential.helper store
failed to solve: secret NPM_TOKEN: not found
the --password option is required
invalid token: unknown
npm config set //npm.example.com/:_authToken $NPM_TOKEN
if [ "$TOKEN" = "" ]; then exit 1; fi
token_url: https://auth.example.com/token
user=alice;host=db;port=5432
`;

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe('a text', () => {
  test.each(lines(secret))('has its secrets masked: %s', (line) => {
    expect(maskSecretsInText(line.replace(/[«»]/g, ''))).toBe(line.replace(/«[^»]*»/g, mask));
  });

  test.each(lines(harmless))('without a secret is unchanged: %s', (line) => {
    expect(maskSecretsInText(line)).toBe(line);
  });

  test('that was masked is unchanged', () => {
    for (const line of lines(secret)) {
      const masked = maskSecretsInText(line.replace(/[«»]/g, ''));
      expect(maskSecretsInText(masked)).toBe(masked);
    }
  });

  test('has private keys masked, each as one secret', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc/+=\n-----END RSA PRIVATE KEY-----';
    expect(maskSecretsInText(`echo "${key}" > a\necho '${key}' > b`)).toBe(`echo "${mask}" > a\necho '${mask}' > b`);
    expect(maskSecretsInText(`X=${key.replaceAll('\n', '\\n')} y`)).toBe(`X=${mask} y`);
    const cut = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n${'B'.repeat(64)}\nthe end`;
    expect(maskSecretsInText(cut)).toBe(`${mask}\nthe end`);
    expect(maskSecretsInText('grep -- "-----BEGIN PRIVATE KEY-----" x')).toBe(`grep -- "${mask}" x`);
  });

  test('contains nothing of a value, in any notation', () => {
    const value = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `S3${text}x9`);
    fc.assert(
      fc.property(value, (text) => {
        expect(maskSecretsInText(`{"a":1,"password":${JSON.stringify(text)},"b":2}`)).toBe(
          `{"a":1,"password":"${mask}","b":2}`
        );
        const word = text.replace(/[\s'"`\\;&|()<>$«»]/g, '-');
        expect(maskSecretsInText(`set -e; DB_PASSWORD=${word} make`)).toBe(`set -e; DB_PASSWORD=${mask} make`);
        expect(maskSecretsInText(`app --db-password ${word} --x`)).toBe(`app --db-password ${mask} --x`);
        const quoted = text.replaceAll("'", '-');
        expect(maskSecretsInText(`DB_PASSWORD='${quoted}' make`)).toBe(`DB_PASSWORD='${mask}' make`);
        const line = text.replace(/[\s=]/g, ' ').replace(/["']/g, '-');
        expect(maskSecretsInText(`ENV A=b DB_PASSWORD=${line} C=d`)).toBe(`ENV A=b DB_PASSWORD=${mask} C=d`);
      })
    );
  });
});

describe('a setting', () => {
  test.each([
    ['DB_PASSWORD', 'hunter2', mask],
    ['DB_PASSWORD', '$ecret', mask],
    ['DB_PASSWORD', '1234', mask],
    ['SECRET_KEY', 'a b c', mask],
    ['DATABASE_URL', 'postgres://app:s3cret@db/app', `postgres://${mask}@db/app`],
    ['ANYTHING', `ghp_${'a'.repeat(36)}`, mask],
    ['ConnectionStrings__Default', 'Server=db;Password=hunter2;X=1', `Server=db;Password=${mask};X=1`],
    ['JAVA_OPTS', '-Xmx1g -Dtrust.password=changeit', `-Xmx1g -Dtrust.password=${mask}`]
  ])('%s of %j is shown as %j', (name, value, shown) => {
    expect(maskSetting(name, value)).toBe(shown);
  });

  test.each([
    ['PATH', '/usr/bin:/bin'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['DB_PASSWORD', '/run/secrets/db'],
    ['DB_PASSWORD', ''],
    ['API_TOKEN', '4096'],
    ['USE_TOKEN', 'abc'],
    ['GPG_KEY', 'A035C8C19219BA821ECEA86B64E628F8D684696D'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['AUTHOR', 'alice'],
    ['HOMEPAGE', 'https://example.org/a:b@c']
  ])('%s of %j is shown', (name, value) => {
    expect(maskSetting(name, value)).toBe(value);
  });
});

describe('a history', () => {
  test('has a secret masked in all of its rows', () => {
    const rows = [
      'RUN |1 API_TOKEN=m4rk-t0ken /bin/sh -c make # buildkit',
      'COPY x /app/m4rk-t0ken # buildkit',
      'CMD ["sh"]'
    ];
    expect(maskHistory(rows)).toEqual([
      `RUN |1 API_TOKEN=${mask} /bin/sh -c make # buildkit`,
      `COPY x /app/${mask} # buildkit`,
      'CMD ["sh"]'
    ]);
  });

  test('keeps a word that is also somebody’s password', () => {
    const rows = ['ENV POSTGRES_PASSWORD=postgres', 'RUN apt-get install postgres'];
    expect(maskHistory(rows)).toEqual([`ENV POSTGRES_PASSWORD=${mask}`, 'RUN apt-get install postgres']);
  });
});

test('known secrets are masked wherever they are, the longest first, also as JSON writes them', () => {
  const values = ['hunter', 'hunter22', 'a"b\\c', 'abc'];
  expect(maskKnownSecrets('hunter hunter22 x-hunter-y abc', values)).toBe(`${mask} ${mask} x-${mask}-y abc`);
  expect(maskKnownSecrets('echo "a\\"b\\\\c" a"b\\c', values)).toBe(`echo "${mask}" ${mask}`);
});
