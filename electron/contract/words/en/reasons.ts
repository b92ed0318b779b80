import { formatNumber } from '../../format/format-number.ts';
import type { ErrorReason } from '../../schema/error-reason.ts';

type Reasons = { [R in ErrorReason['reason']]: (values: Extract<ErrorReason, { reason: R }>) => string };

/** One sentence for each reason, shown as the details of an error. */
export const reasons: Reasons = {
  'not-a-file': () => 'It is not a regular file.',
  'not-a-folder': () => 'It is not a folder.',
  'not-a-project-file': () => 'It is not one of the files of this project that Slipway edits.',
  'outside-project': () => 'It is a symlink to a file outside the project.',
  'too-large': () => 'The file is too large.',
  'permission-denied': () => 'Permission denied.',
  'changed-while-reading': () => 'The file changed while it was being read.',
  'name-not-utf8': () => 'The file name is not valid UTF-8.',
  'pattern-invalid': () => 'The file contains an invalid pattern.',
  'folder-of-another-user': (e) => `${e.path} belongs to another user.`,
  'no-such-file': () => 'No such file or directory.',
  'invalid-json': () => 'Invalid JSON.',
  'invalid-yaml': () => 'Invalid YAML.',
  'unexpected-format': (e) => (e.fields === '' ? 'Unexpected format.' : `Unexpected format: ${e.fields}.`),
  'line-too-long': (e) => `A line is longer than ${formatNumber(e.limitBytes)} bytes.`,
  'answer-too-long': (e) => `The response is larger than ${formatNumber(e.limitBytes)} bytes.`,
  'rules-missing': () => 'The file has no "rules" with values.',
  'rule-value-invalid': (e) => `"${e.value}" is not a valid value for ${e.rule}.`,
  'no-answer': (e) => `No response within ${formatNumber(e.seconds)} s.`,
  'connection-closed': () => 'The connection was closed.',
  'answer-cut-short': () => 'The response ended early.',
  'protocol-unexpected': () => 'The engine responded with an unexpected protocol.',
  'not-docker-api': (e) =>
    `The server does not provide the Docker Engine API${e.fields === '' ? '' : ` (${e.fields})`}.`,
  'api-too-new': (e) =>
    `The engine requires API ${e.oldest} or later, and Slipway supports versions up to ${e.newestSupported}.`,
  'docker-host-invalid': () => 'DOCKER_HOST is not a valid engine address.',
  'context-missing': (e) => `The Docker context "${e.context}" does not exist.`,
  'context-invalid': (e) => `The Docker context "${e.context}" has no valid engine address.`,
  'podman-not-installed': () => 'Podman is not installed.',
  'dockerd-not-installed': () => 'dockerd, or dockerd-rootless.sh to run it without root, is not installed.',
  'program-exited': (e) => `${e.program} exited immediately.`,
  'program-not-ready': (e) => `Not ready after ${formatNumber(e.seconds)} s.${e.log === '' ? '' : `\n${e.log}`}`,
  'helper-name-invalid': () => "The name of the credential helper in Docker's config.json is not valid.",
  'helper-not-started': () => 'The credential helper could not be started.',
  'helper-output-too-long': () => 'The credential helper returned too much output.',
  'helper-failed': (e) =>
    e.exitCode === null
      ? 'The credential helper was terminated by a signal.'
      : `The credential helper exited with code ${e.exitCode}.`,
  'session-bus-missing': () => 'No D-Bus session is running, so the Secret Service cannot be reached.',
  'secret-service-missing': () =>
    'No Secret Service is running. GNOME Keyring, KWallet and KeePassXC each provide one.',
  'keyring-locked': () => 'The login keyring is locked or does not exist.',
  'libsecret-missing': () => 'libsecret is not installed.',
  'keyring-busy': () => 'The keyring has not responded to an earlier request. Check for a password prompt.',
  'keyring-timeout': (e) => `No response within ${formatNumber(e.seconds)} s. Check for a password prompt.`,
  'keyring-unreliable': () => 'The keyring did not return a value that was just saved.',
  unknown: () => 'No reason was given.',
  'unknown-instruction': (e) => `Unknown instruction: ${e.instruction}`,
  'trace-invalid': () => 'The engine sent a build trace that could not be read.',
  'no-image-built': () => 'The builder finished without creating an image.',
  'push-without-digest': () => 'The engine finished the push without reporting a digest.',
  'not-a-tar': () => 'It is not a tar archive.',
  'no-image-documents': () =>
    'It contains neither the index.json of an OCI layout nor the manifest.json of "docker save".',
  'artifacts-only': () => 'It contains only signatures, attestations or other artifacts.',
  'container-export': () => 'It is the file system of a container from "docker export". Save the image with "docker save".',
  'digest-invalid': () => 'It is not a valid digest.',
  'not-a-layer': () => 'The file of the layer is not a tar archive.',
  'not-a-document': () => 'The file is not JSON.',
  'layer-counts-differ': (e) =>
    `The config lists ${formatNumber(e.config)} layers, but the manifest lists ${formatNumber(e.manifest)}.`,
  'layer-unknown': () => 'The image has no such layer.',
  'hard-link-loop': () => 'Its hard links form a loop.',
  'export-cut-short': () => 'The engine stopped before the end of the archive.',
  'tar-cut-short': () => 'The archive ends too early.',
  'tar-data-after-end': () => 'There is data after the end of the archive.',
  'tar-checksum-wrong': () => 'A header has a wrong checksum.',
  'tar-pax-invalid': () => 'A pax header is invalid.',
  'tar-size-invalid': () => 'A header contains an invalid size.',
  'tar-name-invalid': () => 'A name contains a NUL character.',
  'tar-path-outside': () => 'A path leads out of the archive.',
  'data-after-compressed': () => 'There is data after the end of the compressed data.',
  'compressed-cut-short': () => 'The compressed data ends too early.',
  'zstd-frame-invalid': () => 'A zstd frame is invalid.',
  'zstd-too-many-blocks': () => 'A zstd frame has too many small blocks for its window.',
  'xz-invalid': () => 'The xz data is invalid.',
  'bzip2-invalid': () => 'The bzip2 data is invalid.',
  'host-invalid': () => 'It is not a valid host name.',
  'digest-unsupported': () => 'The registry sent a digest that Slipway cannot verify.',
  'digest-differs': () => 'The registry sent content that does not match its digest.',
  'size-differs': () => 'The registry sent a layer that does not match its size.',
  'authentication-unsupported': () => 'The registry requires an authentication scheme that Slipway does not support.',
  'token-server-untrusted': () => 'The registry names a token server that must not receive a login.',
  'token-missing': () => 'The token server of the registry did not return a token.',
  'not-an-image': () => 'The registry has an artifact with this name that is not a container image.',
  'manifest-schema-1': () =>
<<<<<<< HEAD
    'The image is stored in the obsolete manifest format "schema 1". Pull it with a Docker that supports it, then push it again.',
=======
    'Its manifest has the obsolete schema 1. Push the image again with a current engine.',
>>>>>>> main
  'index-empty': () => 'The index does not list any image.',
  'redirect-loop': () => 'Too many redirects.',
  'redirect-invalid': () => 'The server redirects to an invalid address.',
  'redirect-with-secret': () => 'The server redirects a request that contains a secret.',
  'redirect-unencrypted': (e) => `The server redirects to ${e.host} without encryption.`,
  'redirect-elsewhere': (e) => `The server redirects to another server, ${e.host}.`
};
