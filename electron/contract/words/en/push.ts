import type { ReferenceFault } from '../../domain/reference.ts';

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

export const push = {
  reference,
  title: (host: string) => `Pushing to ${host}`,
  titleFinished: (host: string) => `Pushed to ${host}`,
  titleFailed: (host: string) => `Not pushed to ${host}`,
  titleCancelled: (host: string) => `Push to ${host} cancelled`,
  dockerHub: 'Docker Hub',
  as: (username: string) => `as ${username}`,
  anonymous: 'without signing in',
  rate: (rate: string) => `${rate}/s`,
  left: (time: string) => `${time} left`,
  took: (duration: string) => `in ${duration}`,
  progress: 'Sent so far',
  of: 'of',
  toSend: 'to send',
  sentSoFar: 'sent so far',
  sent: 'sent',
  thereAlready: (size: string) => `${size} there already`,
  layersThere: (count: number) => (count === 1 ? '1 layer there already' : `${count} layers there already`),
  sizes: { compressed: 'compressed sizes', uncompressed: 'unpacked sizes', unknown: '' },
  sizesHint: {
    compressed: 'As they travel and as the registry keeps them.',
    uncompressed: 'This engine counts unpacked bytes; fewer travel.',
    unknown: ''
  },
  layers: 'Layers of this push',
  layerProgress: (name: string) => `Progress of ${name}`,
  unnamedLayer: (id: string) => `layer ${id}`,
  states: {
    waiting: 'waiting',
    preparing: 'preparing',
    pushing: 'sending',
    pushed: 'sent',
    exists: 'there already',
    mounted: 'mounted',
    retrying: 'retrying'
  },
  mountedHint: 'The registry took it from another repository; nothing was sent.',
  connecting: 'Asking the registry…',
  cancelling: 'Cancelling…',
  nothingSent: 'Everything was there already',
  nothingSentText: 'The registry had every layer; only the tag was set.',
  digest: 'Digest',
  copyDigest: 'Copy digest',
  openPage: 'Open its page',
  back: 'Back to the project',
  tryAgain: 'Try again',
  pushAgain: 'Push again',
  signIn: 'Sign in and continue',
  createToken: 'Create a token…',
  cancelledTitle: 'The push was cancelled',
  cancelledText: 'Layers already sent stay at the registry; the next push skips them.',
  kept: 'The push is kept and goes on once you are signed in.'
};
