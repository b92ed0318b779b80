import { legacyFiles, makeImage, packFiles } from '../archive/image-archive.ts';

/** Texts that no export may contain. */
export const marker = /m4rk/;

const pem = '-----BEGIN RSA PRIVATE KEY-----\nm4rkKEYm4rkKEY\n-----END RSA PRIVATE KEY-----';
const layerRows = [
  'RUN |3 API_TOKEN=m4rk-t0ken DB_PASS=m4rk and more VERSION=1.2 /bin/sh -c make # buildkit',
  'COPY m4rk-t0ken /app/m4rk-t0ken # buildkit',
  `/bin/sh -c echo "${pem}" > /root/.ssh/id_rsa`,
  '/bin/sh -c curl -u alice:m4rk -H "Authorization: Bearer m4rk.m4rk" https://bob:m4rk@example.com/x?access_token=m4rk',
  "RUN /bin/sh -c echo 'root:m4rk' | chpasswd && docker login -u alice -p m4rk-pw && make # buildkit"
];
const emptyRows = [
  'ENV DB_PASSWORD=m4rk with blanks',
  '/bin/sh -c #(nop)  ENV SIGNING_KEY=m4rk',
  'LABEL com.example.api-key=m4rk',
  'CMD ["app" "--password" "m4rk"]',
  `ENV ANYTHING=ghp_m4rk${'a'.repeat(36)}`
];
const config = {
  Env: [
    'PATH=/bin',
    'DB_PASSWORD=m4rk with blanks',
    `ANYTHING=ghp_m4rk${'a'.repeat(36)}`,
    'DATABASE_URL=postgres://app:m4rk@db/app',
    'CONNECTION=Server=db;Password=m4rk;Encrypt=true'
  ],
  Cmd: ['app', '--password', 'm4rk'],
  Entrypoint: ['sh', '-c', 'TOKEN=m4rk exec app'],
  Labels: { 'com.example.api-key': 'm4rk', maintainer: 'alice' },
  Healthcheck: { Test: ['CMD', 'curl', '-u', 'alice:m4rk', 'localhost'] }
};

/** An archive of an image with secrets in many places of its config and history. */
export async function packImageWithSecrets(tag?: string): Promise<Buffer> {
  const made = await makeImage(layerRows.map((_, index) => ({ [`file-${index}`]: 'x'.repeat(1000 * (index + 1)) })));
  const plain = JSON.parse(made.config.toString()) as object;
  const history = [
    ...layerRows.map((created_by) => ({ created_by })),
    ...emptyRows.map((created_by) => ({ created_by, empty_layer: true }))
  ];
  return packFiles(legacyFiles({ ...made, config: Buffer.from(JSON.stringify({ ...plain, config, history })) }, tag));
}
