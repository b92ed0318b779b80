import type { AppErrorCode, AppErrorData } from '../../schema/error.ts';
import { referenceFaultWords } from './push.ts';

/** One plain sentence on what happened, and the one thing to do next. */
export interface ErrorWords<C extends AppErrorCode> {
  title: (error: Extract<AppErrorData, { code: C }>) => string;
  next: (error: Extract<AppErrorData, { code: C }>) => string;
}

export const errors: { [C in AppErrorCode]: ErrorWords<C> } = {
  'engine-none': {
    title: () => 'No container engine was found',
    next: () => 'Start Docker, Colima, Rancher Desktop or Podman; Slipway notices by itself.'
  },
  'engine-unreachable': {
    title: (e) => `${e.engine} does not answer`,
    next: () => 'Start it; Slipway connects by itself.'
  },
  'engine-permission': {
    title: (e) => `This user may not speak to ${e.engine}`,
    next: (e) =>
      `Give yourself access to ${e.socketPath} (on Linux: join the "docker" group and sign in again), or use a rootless engine.`
  },
  'engine-lost': {
    title: (e) => `The connection to ${e.engine} was lost`,
    next: () => 'Slipway reconnects by itself; then try again.'
  },
  'engine-too-old': {
    title: (e) => `${e.engine} is too old (API ${e.apiVersion})`,
    next: () => 'Update it to Docker 20.10, Podman 4, or newer.'
  },
  'engine-start-failed': {
    title: (e) => `${e.program} did not start`,
    next: () => 'See the details, or start an engine yourself.'
  },
  'engine-disk-full': {
    title: () => "The engine's disk is full",
    next: () => 'Remove images or build cache that you no longer need, then try again.'
  },
  'engine-failed': { title: () => 'The engine refused', next: () => 'See the details for what it said.' },
  'project-unknown': { title: () => 'This project is no longer known', next: () => 'Drop its folder again.' },
  'project-vanished': {
    title: (e) => `The folder of ${e.name} is gone`,
    next: () => 'Put it back where it was, or drop it from its new place.'
  },
  'project-unreadable': {
    title: (e) => `${e.name} could not be read`,
    next: () => 'Check the permissions of the folder.'
  },
  'folder-loops': {
    title: (e) => `A link leads in a circle: ${e.path}`,
    next: () => 'Remove the link, or name it in .dockerignore.'
  },
  'folder-too-large': {
    title: (e) => `The folder holds more than ${e.limitFiles.toLocaleString('en')} files`,
    next: () => 'Open a smaller folder, or name what the build does not need in .dockerignore.'
  },
  'file-missing': { title: (e) => `${e.file} is no longer there`, next: () => 'Save to write it anew.' },
  'file-exists': {
    title: (e) => `${e.file} is there already`,
    next: () => 'Nothing was written. Open the project again to see it.'
  },
  'file-changed': {
    title: (e) => `${e.file} was changed by another program`,
    next: () => 'Look at the difference, then reload it or keep yours.'
  },
  'file-unwritable': {
    title: (e) => `${e.file} could not be written`,
    next: () => 'Check the permissions and the free space of the disk; your text is still here.'
  },
  'file-unreadable': { title: (e) => `${e.file} could not be read`, next: () => 'Check the permissions of the file.' },
  'file-not-text': { title: (e) => `${e.file} is not a text file`, next: () => 'Open it in another program.' },
  'file-too-large': { title: (e) => `${e.file} is too large to edit here`, next: () => 'Open it in another program.' },
  'dockerfile-syntax': {
    title: (e) =>
      e.line === undefined ? 'The Dockerfile has an error' : `The Dockerfile has an error in line ${e.line}`,
    next: () => 'Correct the line, then build again.'
  },
  'build-step-failed': {
    title: (e) =>
      e.exitCode === undefined ? `${e.instruction} failed` : `${e.instruction} ended with exit code ${e.exitCode}`,
    next: (e) =>
      e.lastLines.length > 0
        ? 'Its last lines are below; correct the line, then build again.'
        : 'Correct the line, then build again.'
  },
  'build-file-not-found': {
    title: (e) => `${e.path} is not in the build context`,
    next: () => 'Check the path, and that .dockerignore does not leave it out.'
  },
  'base-not-found': {
    title: (e) => `The base image ${e.reference} was not found`,
    next: () => 'Check its name and tag; for a private image sign in to its registry.'
  },
  'build-target-unknown': {
    title: (e) => `The Dockerfile has no stage "${e.target}"`,
    next: () => 'Choose another target in Options.'
  },
  'build-failed': { title: () => 'The build failed', next: () => 'See the details for what the builder said.' },
  'reference-invalid': {
    title: (e) => `"${e.reference}" is not a valid image name`,
    next: (e) => referenceFaultWords(e.reason)
  },
  'image-not-found': {
    title: (e) => `The engine has no image ${e.reference}`,
    next: () => 'Check its name, or build it again.'
  },
  'image-in-use': {
    title: (e) => `${e.reference} is in use`,
    next: () => 'Remove the containers that hold it, then try again; the details name them.'
  },
  'archive-unreadable': {
    title: (e) => `${e.archive} could not be read`,
    next: () => 'Check that it is still there, and its permissions.'
  },
  'archive-not-an-image': {
    title: (e) => `${e.archive} is not a container image`,
    next: () => 'Open what "docker save" wrote, or an OCI layout.'
  },
  'archive-unsupported': {
    title: (e) => `Slipway cannot read archives compressed with ${e.compression}, such as ${e.archive}`,
    next: () => 'Decompress it, or compress it with gzip or zstd instead. The engine may still be able to load it.'
  },
  'archive-unwritable': {
    title: (e) => `${e.archive} could not be written`,
    next: () => 'Check the permissions and the free space of the disk; nothing half done was left.'
  },
  'archive-refused': {
    title: (e) => `The engine did not take ${e.archive}`,
    next: () => 'Load what "docker save" wrote; see the details for what the engine said.'
  },
  'archive-damaged': {
    title: (e) => (e.entry === '' ? 'The image archive is damaged' : `The image archive is damaged at ${e.entry}`),
    next: () => 'Save or download it again.'
  },
  'archive-blob-missing': {
    title: () => 'The image archive lacks a part of the image',
    next: (e) => `${e.digest} is not in it. Save it again, with all its layers.`
  },
  'archive-digest-mismatch': {
    title: () => 'A part of the image is not what its digest says',
    next: (e) => `${e.entry} was changed or damaged. Save or download the image again.`
  },
  'archive-too-large': {
    title: (e) => `${e.entry === '' ? 'The archive' : e.entry} is larger than Slipway reads`,
    next: (e) =>
      `The limit "${e.limit}" is ${e.maximum.toLocaleString('en')}. Do not unpack an archive that you do not trust.`
  },
  'layer-file-missing': {
    title: (e) => `The layer has no ${e.path}`,
    next: () => 'Choose a file that the layer adds or modifies.'
  },
  'archive-image-unknown': {
    title: (e) => (e.reference === '' ? 'The archive holds several images' : `The archive holds no ${e.reference}`),
    next: (e) => `Choose one of: ${e.images.join(', ')}.`
  },
  'platform-not-found': {
    title: (e) => `The image has no ${e.platform}`,
    next: (e) => `Choose one of its platforms: ${e.platforms.join(', ')}.`
  },
  'rules-invalid': {
    title: (e) => `${e.file} could not be understood`,
    next: () => 'Correct the rule that the details name.'
  },
  'worker-died': {
    title: () => 'Reading the image ended unexpectedly',
    next: () => 'Try again; if it stays, report the details.'
  },
  'analysis-unknown': {
    title: () => 'The files of this image are no longer held in memory',
    next: () => 'Read them again.'
  },
  'archive-unknown': { title: () => 'This archive is no longer open', next: () => 'Open it again.' },
  'registry-unreachable': {
    title: (e) => `${e.host} does not answer`,
    next: () => 'Check the network and the name, then try again; layers that went over whole are kept.'
  },
  'registry-certificate': {
    title: (e) => `The certificate of ${e.host} is not trusted`,
    next: () => "Install the registry's certificate authority for the engine and the system."
  },
  'registry-not-signed-in': {
    title: (e) => `${e.host} wants a sign-in`,
    next: () => 'Sign in; what was begun then goes on.'
  },
  'registry-wrong-password': {
    title: (e) => (e.host === 'docker.io' ? 'Docker Hub refused the password' : `${e.host} refused the password`),
    next: (e) =>
      e.needsToken
        ? 'Accounts with two-factor sign-in need a personal access token instead of the password.'
        : 'Check the user name and the password, then sign in again.'
  },
  'registry-denied': {
    title: (e) => `${e.host} does not let this account ${e.action === 'push' ? 'push to' : 'read'} ${e.repository}`,
    next: (e) =>
      e.action === 'push'
        ? 'Sign in with an account that may, or change the name; the push then goes on.'
        : 'Sign in with an account that may, or change the name.'
  },
  'registry-rate-limited': {
    title: (e) => `${e.host} asks to wait`,
    next: (e) =>
      e.retryAfterSeconds === undefined ? 'Try again later.' : `Try again in ${Math.ceil(e.retryAfterSeconds)} s.`
  },
  'registry-disk-full': {
    title: (e) => `The disk of ${e.host} is full`,
    next: () => 'Tell who runs it; layers already sent are kept.'
  },
  'registry-failed': {
    title: (e) => (e.status === 404 ? `${e.host} does not have this image` : `${e.host} refused`),
    next: (e) => (e.status === 404 ? 'Check its name and tag.' : 'See the details for what it said.')
  },
  'credential-store-unavailable': {
    title: () => "The system's credential store does not answer",
    next: () => 'The login lasts for this session only; nothing was written to disk.'
  },
  'credential-helper-missing': {
    title: (e) => `docker-credential-${e.helper} is not installed`,
    next: () => "Install it, or remove it from docker's config.json."
  },
  'credential-helper-failed': {
    title: (e) => `docker-credential-${e.helper} failed`,
    next: () => 'Unlock the keychain, then try again.'
  },
  'docker-config-invalid': { title: () => "Docker's config.json could not be read", next: (e) => `Correct ${e.path}.` },
  'account-unknown': { title: () => 'This account is no longer there', next: () => 'Sign in again.' },
  'job-unknown': { title: () => 'This work has ended and is no longer kept', next: () => 'Start it again.' },
  'call-refused': { title: () => 'The request was refused', next: () => 'Reload the window.' },
  'link-refused': { title: () => 'This link is not opened', next: () => 'Copy it, if you trust it.' },
  internal: {
    title: () => 'Something went wrong inside Slipway',
    next: () => 'Try again; if it stays, report the details.'
  }
};
