import type { ReferenceFault } from '../../domain/reference.ts';
import { plural } from '../../format/plural.ts';

const reference: Record<ReferenceFault, string> = {
  empty: 'Enter an image name, such as docker.io/ada/flask-demo:latest.',
  'too-long': "Repository names can't be longer than 255 characters.",
  space: "Image names can't contain spaces.",
  scheme: 'Leave out https://. Start with the registry host.',
  uppercase: 'Repository names must be lowercase.',
  'image-id': 'A name of 64 hexadecimal digits would be read as an image ID. Choose another name.',
  'bad-domain': 'The part before the first slash is not a valid registry host.',
  'bad-character': 'Repository names can contain only a-z, 0-9, periods, underscores, hyphens and slashes.',
  'bad-path':
    'Each part of a repository name must start and end with a letter or digit, with single separators in between.',
  'bad-tag':
    'Tags can contain up to 128 letters, digits, periods, underscores and hyphens, and can\'t start with "." or "-".',
  'bad-digest': 'A digest is sha256: followed by 64 hexadecimal digits.'
};

/** The text for a fault that arrived as a plain string. */
export function referenceFaultWords(reason: string): string {
  return reason in reference ? reference[reason as ReferenceFault] : reason;
}

export const push = {
  reference,
  title: (host: string) => `Pushing to ${host}`,
  titleFinished: (host: string) => `Pushed to ${host}`,
  titleFailed: (host: string) => `Push to ${host} failed`,
  titleCancelled: (host: string) => `Push to ${host} canceled`,
  dockerHub: 'Docker Hub',
  as: (username: string) => `as ${username}`,
  anonymous: 'not signed in',
  rate: (rate: string) => `${rate}/s`,
  left: (time: string) => `${time} left`,
  duration: (duration: string) => `in ${duration}`,
  progress: 'Push progress',
  of: 'of',
  compressed: { toDo: 'to send', soFar: 'sent so far', done: 'sent' },
  uncompressed: { toDo: 'to push', soFar: 'pushed so far', done: 'pushed' },
  noProgress: 'This engine does not report progress.',
  noSizes: 'This engine does not report what was sent.',
  engineLogin: "with the engine's own login, if it has one",
  notSent: 'not sent',
  retrying: (seconds: string) => `Connection lost. Retrying in ${seconds} s…`,
  pushAs: (name: string) => `Push to ${name} instead`,
  sizeExists: (size: string) => `${size} already there`,
  layersExist: (count: number) => plural(count, { one: '# layer already there', other: '# layers already there' }),
  sizes: { compressed: 'compressed sizes', uncompressed: 'uncompressed sizes', unknown: '' },
  sizesHint: {
    compressed: 'As sent to and stored in the registry.',
    uncompressed: 'This engine reports uncompressed bytes. Less data is sent.',
    unknown: ''
  },
  layers: 'Layers in this push',
  layerProgress: (name: string) => `Progress of ${name}`,
  unnamedLayer: (id: string) => `layer ${id}`,
  states: {
    waiting: 'waiting',
    preparing: 'preparing',
    pushing: 'sending',
    pushed: 'pushed',
    exists: 'already there',
    mounted: 'mounted',
    retrying: 'retrying'
  },
  mountedHint: 'The registry reused the layer from another repository. Nothing was sent.',
  connecting: 'Connecting to the registry…',
  cancelling: 'Canceling…',
  nothingSent: 'Already up to date',
  nothingSentText: 'All layers existed; only the tag was updated.',
  digest: 'Digest',
  copyDigest: 'Copy digest',
  openPage: 'View on Docker Hub',
  back: 'Back to project',
  tryAgain: 'Try again',
  pushAgain: 'Push again',
  signIn: 'Sign in and continue',
  createToken: 'Create a token…',
  cancelledTitle: 'Push canceled',
  cancelledText: 'Uploaded layers are kept in the registry. The next push skips them.'
};
