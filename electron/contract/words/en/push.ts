import type { ReferenceFault } from '../../reference.ts';

const reference: Record<ReferenceFault, string> = {
  empty: 'Name the image, such as docker.io/ada/flask-demo:latest.',
  'too-long': 'A repository name has at most 255 characters.',
  space: 'A name has no spaces.',
  scheme: 'Leave out https://; the name begins with the registry.',
  uppercase: 'The repository is written in lower case.',
  'image-id': 'These 64 characters would be read as an image id; choose another name.',
  'bad-domain': 'The registry before the first slash is no host name.',
  'bad-character': 'A repository has only a-z, 0-9, dot, underscore, dash and slash.',
  'bad-path': 'Each part of the repository begins and ends with a letter or digit, with single separators between.',
  'bad-tag': 'A tag has up to 128 letters, digits, dots, underscores and dashes, and begins with none of dot and dash.',
  'bad-digest': 'A digest is sha256: and 64 hexadecimal digits.'
};

/** The sentence for a fault that came over the wire, where it is a text. */
export function referenceFaultWords(reason: string): string {
  return reason in reference ? reference[reason as ReferenceFault] : reason;
}

export const push = { reference };
