import { formatBytes } from '../../format/format-bytes.ts';
import { formatNumber } from '../../format/format-number.ts';
import type { archiveLimitNames } from '../../domain/archive-limit-names.ts';
import type { AppErrorCode, AppErrorData } from '../../schema/error.ts';
import { archiveFormats } from './archive-formats.ts';
import { referenceFaultWords } from './push.ts';

/** One plain sentence about what happened, and the one thing to do next. */
export interface ErrorWords<C extends AppErrorCode> {
  title: (error: Extract<AppErrorData, { code: C }>) => string;
  next: (error: Extract<AppErrorData, { code: C }>) => string;
}

const nameHost = (host: string): string => (host === 'docker.io' ? 'Docker Hub' : host);

/** BuildKit has a front end of its own, so the directive may be left out. */
const syntaxHint = (error: { isSyntax?: boolean | undefined }, next: string): string =>
  error.isSyntax === true ? `${next} Or remove the syntax line to use the builder's own version.` : next;

const archiveLimitWords: Record<(typeof archiveLimitNames)[number], (maximum: number) => string> = {
  maxUncompressedBytes: (maximum) => `expands to more than ${formatBytes(maximum)}`,
  maxDocumentBytes: (maximum) => `is a JSON file larger than ${formatBytes(maximum)}`,
  maxDocumentsBytes: (maximum) => `is one of JSON files larger than ${formatBytes(maximum)} together`,
  maxEntries: (maximum) => `is one of more than ${formatNumber(maximum)} files`,
  maxNameBytes: (maximum) => `has a name longer than ${formatNumber(maximum)} bytes`,
  maxHeaderBytes: (maximum) => `has a header larger than ${formatBytes(maximum)}`,
  maxDepth: (maximum) => `is more than ${formatNumber(maximum)} directories deep`
};

export const errors: { [C in AppErrorCode]: ErrorWords<C> } = {
  'engine-none': {
    title: () => 'No container engine found',
    next: () => 'Start Docker, Colima, Rancher Desktop or Podman. Slipway connects automatically.'
  },
  'engine-unreachable': {
    title: (e) => `Can't connect to ${e.engine}`,
    next: () => 'Start it. Slipway connects automatically.'
  },
  'engine-not-selected': {
    title: (e) => `${e.engine} has the image, and another engine is selected`,
    next: () => 'Switch to that engine, then try again.'
  },
  'engine-permission': {
    title: (e) => `You don't have permission to use ${e.engine}`,
    next: (e) =>
      `Get access to ${e.socketPath} (on Linux, join the "docker" group and log in again), or use a rootless engine.`
  },
  'engine-lost': {
    title: (e) => `Lost connection to ${e.engine}`,
    next: () => 'Slipway reconnects automatically. Then try again.'
  },
  'engine-too-old': {
    title: (e) => `${e.engine} is too old (API ${e.apiVersion})`,
    next: () => 'Update to Docker 20.10, Podman 4 or later.'
  },
  'engine-start-failed': {
    title: (e) => `${e.program} did not start`,
    next: () => 'See the details, or start an engine yourself.'
  },
  'engine-disk-full': {
    title: () => 'The engine is out of disk space',
    next: () => 'Remove unused images or build cache, then try again.'
  },
  'engine-failed': { title: () => 'The engine returned an error', next: () => 'See the details.' },
  'project-unknown': { title: () => 'This project is no longer in the list', next: () => 'Drop its folder again.' },
  'project-vanished': {
    title: (e) => `The ${e.name} folder is missing`,
    next: () => 'Restore the folder, or drop it from its new location.'
  },
  'project-unreadable': {
    title: (e) => `${e.name} could not be read`,
    next: () => 'Check the folder permissions.'
  },
  'folder-loops': {
    title: (e) => `Symlink loop: ${e.path}`,
    next: () => 'Remove the link, or exclude it in .dockerignore.'
  },
  'folder-too-large': {
    title: (e) => `The folder contains more than ${formatNumber(e.limitFiles)} files`,
    next: () => 'Open a smaller folder, or exclude what the build does not need in .dockerignore.'
  },
  'file-missing': { title: (e) => `${e.file} was deleted`, next: () => 'Save to recreate it.' },
  'file-exists': {
    title: (e) => `${e.file} already exists`,
    next: () => 'Nothing was saved. Reopen the project to see the file.'
  },
  'file-changed': {
    title: (e) => `${e.file} changed on disk`,
    next: () => 'Compare the versions, then reload the file or keep yours.'
  },
  'file-unwritable': {
    title: (e) => `${e.file} could not be saved`,
    next: () => 'Check the file permissions and free disk space. Your text is kept in the editor.'
  },
  'file-unreadable': { title: (e) => `${e.file} could not be read`, next: () => 'Check the file permissions.' },
  'file-not-text': { title: (e) => `${e.file} is not a text file`, next: () => 'Open it in another program.' },
  'file-too-large': { title: (e) => `${e.file} is too large to edit here`, next: () => 'Open it in another program.' },
  'dockerfile-syntax': {
    title: (e) =>
      e.line === undefined ? 'The Dockerfile has an error' : `The Dockerfile has an error on line ${e.line}`,
    next: () => 'Fix the line, then rebuild.'
  },
  'build-step-failed': {
    title: (e) =>
      e.exitCode === undefined ? `${e.instruction} failed` : `${e.instruction} failed (exit code ${e.exitCode})`,
    next: (e) =>
      e.lastLines.length > 0
        ? 'See the output for the reason, fix the line, then rebuild.'
        : 'Fix the line, then rebuild.'
  },
  'build-file-not-found': {
    title: (e) => `${e.path} is not in the build context`,
    next: () => 'Check the path, and that .dockerignore does not exclude it.'
  },
  'base-not-found': {
    title: (e) =>
      e.isSyntax === true ? `Syntax image ${e.reference} not found` : `Base image ${e.reference} not found`,
    next: (e) =>
      e.host === undefined
        ? syntaxHint(e, 'Check its name and tag.')
        : syntaxHint(e, `Check its name and tag. For a private image, sign in to ${e.host}.`)
  },
  'context-file-changed': {
    title: (e) => `${e.file} changed while it was being sent to the engine`,
    next: () => 'Build again.'
  },
  'build-target-unknown': {
    title: (e) => `The Dockerfile has no stage "${e.target}"`,
    next: () => 'Choose another target stage in Options.'
  },
  'build-failed': { title: () => 'The build failed', next: () => 'See the details for the error from the builder.' },
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
    next: () => 'Remove the containers that use it, then try again. The details list them.'
  },
  'archive-unreadable': {
    title: (e) => `${e.archive} could not be read`,
    next: () => 'Check that it exists and that you have permission to read it.'
  },
  'archive-not-an-image': {
    title: (e) => `${e.archive} is not a container image`,
    next: () => 'Open an archive from "docker save", or an OCI layout.'
  },
  'archive-unsupported': {
    title: (e) => `Slipway can't read ${e.entry}`,
    next: (e) => archiveFormats[e.format]
  },
  'archive-unwritable': {
    title: (e) => `${e.archive} could not be saved`,
    next: () => 'Check the folder permissions and free disk space. No partial file was left.'
  },
  'archive-refused': {
    title: (e) => `The engine rejected ${e.archive}`,
    next: () => 'Load an archive from "docker save". See the details for the error from the engine.'
  },
  'archive-damaged': {
    title: (e) => (e.entry === '' ? 'The image archive is damaged' : `The image archive is damaged at ${e.entry}`),
    next: () => 'Save or download it again.'
  },
  'archive-blob-missing': {
    title: () => 'The image archive is incomplete',
    next: (e) => `${e.digest} is missing. Save the image again with all of its layers.`
  },
  'archive-digest-mismatch': {
    title: () => 'The image archive does not match its digests',
    next: (e) => `${e.entry} was changed or damaged. Save or download the image again.`
  },
  'archive-too-large': {
    title: (e) => `${e.entry === '' ? 'The archive' : e.entry} ${archiveLimitWords[e.limit](e.maximum)}`,
    next: () =>
      'Such an archive can be made to exhaust a computer. If you trust it, load it into your engine and analyze it there.'
  },
  'layer-file-missing': {
    title: (e) => `${e.path} is not in this layer`,
    next: () => 'Choose a file that the layer adds or modifies.'
  },
  'archive-image-unknown': {
    title: (e) => (e.reference === '' ? 'The archive contains several images' : `${e.reference} is not in the archive`),
    next: (e) => `Choose one of: ${e.images.join(', ')}.`
  },
  'platform-not-found': {
    title: (e) => `The image is not available for ${e.platform}`,
    next: (e) => `Choose one of its platforms: ${e.platforms.join(', ')}.`
  },
  'rules-invalid': {
    title: (e) => `${e.file} is not valid`,
    next: () => 'Fix the rule named in the details.'
  },
  'worker-died': {
    title: () => 'Reading the image stopped unexpectedly',
    next: () => 'Try again. If it keeps happening, report it.'
  },
  'analysis-unknown': {
    title: () => 'The files of this image are no longer in memory',
    next: () => 'Load them again.'
  },
  'archive-unknown': { title: () => 'This archive is no longer open', next: () => 'Open it again.' },
  'registry-unreachable': {
    title: (e) =>
      e.reference === undefined ? `Can't reach ${e.host}` : `Can't reach ${e.host} to pull ${e.reference}`,
    next: (e) =>
      e.reference === undefined
        ? 'Check your network and the registry name, then try again. Completed layers are kept.'
        : syntaxHint(e, 'Check your network and the name of the image, then rebuild.')
  },
  'registry-certificate': {
    title: (e) => `The certificate for ${e.host} is not trusted`,
    next: () => "Install the registry's certificate authority for the engine and the system."
  },
  'registry-plain-http': {
    title: (e) =>
      e.reference === undefined
        ? `${e.host} does not use HTTPS`
        : `Can't pull ${e.reference}: ${e.host} does not use HTTPS`,
    next: (e) =>
      `To allow HTTP, add "${e.host}" to "insecure-registries" in the engine's daemon.json and restart the engine. With Podman, set insecure = true for it in registries.conf.`
  },
  'registry-not-signed-in': {
    title: (e) =>
      e.reference === undefined
        ? `${e.host} requires you to sign in`
        : `Pulling ${e.reference} requires you to sign in to ${e.host}`,
    next: () => 'Sign in to continue.'
  },
  'registry-wrong-password': {
    title: (e) => `${nameHost(e.host)} rejected the password`,
    next: (e) =>
      e.needsToken
        ? 'Accounts with two-factor authentication need a personal access token instead of the password.'
        : 'Check the username and password, then sign in again.'
  },
  'registry-login-expired': {
    title: (e) =>
      e.reference === undefined
        ? `Your login for ${nameHost(e.host)} has expired`
        : `Can't pull ${e.reference}: your login for ${nameHost(e.host)} has expired`,
    next: () => 'Sign in again to continue.'
  },
  'registry-denied': {
    title: (e) => `${e.host} denied ${e.action === 'push' ? 'push' : 'read'} access to ${e.reference ?? e.repository}`,
    next: (e) =>
      e.action === 'push'
        ? 'Sign in with another account or change the name. The push continues after you sign in.'
        : 'Sign in with another account or change the name.'
  },
  'registry-rate-limited': {
    title: (e) =>
      e.reference === undefined ? `Rate limited by ${e.host}` : `Pulling ${e.reference} was rate limited by ${e.host}`,
    next: (e) =>
      e.retryAfterSeconds === undefined ? 'Try again later.' : `Try again in ${Math.ceil(e.retryAfterSeconds)} s.`
  },
  'registry-disk-full': {
    title: (e) => `The registry ${e.host} is out of disk space`,
    next: () => "Contact the registry's administrator. Uploaded layers are kept."
  },
  'registry-quota-exceeded': {
    title: (e) => `The storage quota at ${nameHost(e.host)} is used up`,
    next: () => 'Delete images you no longer need there, or ask for a higher quota. Uploaded layers are kept.'
  },
  'registry-tag-immutable': {
    title: (e) => `${e.host} does not allow the tag ${e.tag} to be changed`,
    next: () => 'Push with another tag. Tags of this repository are immutable.'
  },
  'registry-failed': {
    title: (e) => {
      if (e.reference !== undefined) return `${e.host} returned an error for ${e.reference}`;
      return e.status === 404 ? `${e.host} does not have this image` : `${e.host} returned an error`;
    },
    next: (e) => (e.status === 404 ? 'Check its name and tag.' : 'See the details.')
  },
  'credential-store-unavailable': {
    title: () => 'The system keyring is not available',
    next: () => "You'll stay signed in until you quit Slipway. Nothing is written to disk."
  },
  'credential-helper-missing': {
    title: (e) => `docker-credential-${e.helper} is not installed`,
    next: () => "Install it, or remove it from Docker's config.json."
  },
  'credential-helper-failed': {
    title: (e) => `docker-credential-${e.helper} failed`,
    next: () => 'Unlock the keyring, then try again.'
  },
  'docker-config-invalid': {
    title: () => "Docker's config.json could not be read",
    next: (e) => `Fix the file ${e.path}.`
  },
  'account-unknown': { title: () => 'This account no longer exists', next: () => 'Sign in again.' },
  'job-unknown': { title: () => 'This job has ended', next: () => 'Start it again.' },
  'call-refused': { title: () => 'The request was refused', next: () => 'Reload the window.' },
  'link-refused': { title: () => 'This link was not opened', next: () => 'If you trust it, copy it to your browser.' },
  internal: {
    title: () => 'Something went wrong',
    next: () => 'Try again. If it keeps happening, report it.'
  }
};
