import { createHash } from 'node:crypto';
import { AppError } from '../util/app-error.ts';
import { registryHost, type Reference } from '#contract/domain/reference.ts';
import type { RateLimit } from '#contract/schema/remote-image.ts';
import { hideLogin } from '../docker-config/hide-login.ts';
import type { Login } from '../docker-config/login.ts';
import { parseChallenges, type Challenge } from './parse-challenges.ts';
import { basicAuthorization, fetchToken, toLoginError } from './fetch-token.ts';
import { findRegistryOrigin, type IsInsecure, type RegistryOrigin } from './find-registry-origin.ts';
import { readRefusal } from './read-refusal.ts';
import { readWebUrl } from './registry-address.ts';
import { errorMessage, toResponseError, type RegistryAnswer } from './registry-error.ts';
import { readRateLimit } from './read-rate-limit.ts';
import { openRegistry, requestRegistry, type RegistryRequest } from './registry-request.ts';
import { verifyDigest, createDigestHash } from '../oci/verify-digest.ts';

const MANIFEST_LIMIT_BYTES = 4 * 1024 * 1024;
const PING_LIMIT_BYTES = 64 * 1024;
/** Time limit; a push waits for it. */
const UPLOAD_LIMIT_MS = 3000;
const ERROR_BODY_LIMIT_BYTES = 64 * 1024;

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json'
].join(', ');

export interface FetchedManifest {
  /** sha256 of the bytes, computed locally. */
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
  /** The rate limit reported with this response. */
  readonly rateLimit: RateLimit | null;
}

type PathRequest = Pick<RegistryRequest, 'method' | 'limitMs' | 'limitBytes' | 'otherOrigins' | 'accept' | 'signal'> & {
  path: string;
};

/** One kind of request: with the complete response, or with its content still unread. */
type Send<A> = (request: RegistryRequest) => Promise<A>;

/** A client of the distribution API for one registry with one login. Tokens are cached per scope until they expire. */
export class RegistryClient {
  /** As normalized by registryHost. */
  readonly host: string;
  readonly #login: Login | null;
  readonly #isInsecure: IsInsecure;
  #origin: Promise<RegistryOrigin> | null = null;
  readonly #authorizations = new Map<string, { header: string; expiresAt: number }>();

  /** `host` in any form that registryHost accepts; `isInsecure` for those beyond this machine. */
  constructor(host: string, login: Login | null, isInsecure: IsInsecure = () => Promise.resolve(false)) {
    this.host = registryHost(host);
    this.#login = login;
    this.#isInsecure = isInsecure;
  }

  /**
   * The manifest or index of a tag or digest; a digest is verified. Throws registry-not-signed-in,
   * registry-wrong-password,
   * registry-failed (status 404: not found) and the other errors of requests.
   */
  async fetchManifest(reference: Reference, signal?: AbortSignal): Promise<FetchedManifest> {
    const target = reference.digest ?? reference.tag ?? 'latest';
    const path = `/v2/${reference.path}/manifests/${target}`;
    const limits = { accept: manifestTypes, limitBytes: MANIFEST_LIMIT_BYTES, otherOrigins: 'follow', signal } as const;
    const answer = await this.#request(
      { path, ...limits },
      { repository: reference.path, actions: 'pull' },
      requestRegistry
    );
    if (answer.status !== 200) throw this.#toResponseError(answer, reference.path);
    const digest = `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
    if (reference.digest?.startsWith('sha256:') === true && reference.digest !== digest) {
      throw new AppError('registry-failed', { host: this.host, detail: { reason: 'digest-differs' } });
    }
    const mediaType = (answer.headers.get('content-type') ?? '').replace(/;.*/s, '').trim();
    return { digest, mediaType, text: answer.body.toString('utf8'), rateLimit: readRateLimit(answer.headers) };
  }

  /** A small blob, complete and with its digest verified. Throws like fetchManifest. */
  async fetchBlob(repository: string, digest: string, limitBytes: number, signal?: AbortSignal): Promise<Buffer> {
    const hash = createDigestHash(this.host, digest);
    const request = { path: `/v2/${repository}/blobs/${digest}`, limitBytes, otherOrigins: 'follow', signal } as const;
    const answer = await this.#request(request, { repository, actions: 'pull' }, requestRegistry);
    if (answer.status !== 200) throw this.#toResponseError(answer, repository);
    verifyDigest(this.host, digest, hash.update(answer.body));
    return answer.body;
  }

  /**
   * A blob of any size as a stream, not verified: fetchLayer verifies it. Registries redirect to storage servers for
   * blobs; the login
   * is not sent there. Throws like fetchManifest.
   */
  async openBlob(repository: string, digest: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    createDigestHash(this.host, digest);
    const limits = { limitBytes: ERROR_BODY_LIMIT_BYTES, otherOrigins: 'follow', signal } as const;
    const request = { path: `/v2/${repository}/blobs/${digest}`, ...limits };
    const answer = await this.#request(request, { repository, actions: 'pull' }, openRegistry);
    if (answer.chunks === null) throw this.#toResponseError(answer, repository);
    return answer.chunks;
  }

  /** Checks whether the registry accepts this login. Throws like checkLogin. */
  async ping(signal?: AbortSignal): Promise<void> {
    const request = { path: '/v2/', limitBytes: PING_LIMIT_BYTES, otherOrigins: 'refuse', signal } as const;
    let answer = await this.#request(request, null, requestRegistry);
    // A registry that allows anonymous access to /v2/ has not checked the login yet.
    if (answer.status === 200 && this.#authorizations.size === 0 && this.#login !== null && 'secret' in this.#login) {
      answer = await requestRegistry(await this.#toRequest(request, basicAuthorization(this.#login)));
      if (answer.status === 401) throw toLoginError(this.host, this.#login, errorMessage(answer.body));
    }
    if (answer.status !== 200) throw toResponseError(answer, this.host, this.#login);
  }

  /**
   * Starts an upload to a repository, like a push, and cancels it. Throws the registry's error:
   * those of fetchManifest, and registry-disk-full.
   */
  async tryUpload(repository: string, signal?: AbortSignal): Promise<void> {
    const scope = { repository, actions: 'pull,push' } as const;
    const limits = {
      limitBytes: PING_LIMIT_BYTES,
      limitMs: UPLOAD_LIMIT_MS,
      otherOrigins: 'refuse',
      signal
    } as const;
    const answer = await this.#request(
      { method: 'POST', path: `/v2/${repository}/blobs/uploads/`, ...limits },
      scope,
      requestRegistry
    );
    if (answer.status !== 202) throw toResponseError(answer, this.host, this.#login);
    const upload = readWebUrl(answer.headers.get('location') ?? '', new URL(answer.origin));
    if (upload?.origin !== answer.origin) return;
    await this.#request({ method: 'DELETE', path: upload.pathname + upload.search, ...limits }, scope, requestRegistry);
  }

  /**
   * Sends a request with the last accepted authorization, else as the registry's challenge demands. `target` determines
   * the
   * token's scope.
   */
  async #request<A extends RegistryAnswer>(
    request: PathRequest,
    target: { repository: string; actions: 'pull' | 'pull,push' } | null,
    send: Send<A>
  ): Promise<A> {
    const scope = target === null ? null : `repository:${target.repository}:${target.actions}`;
    const known = this.#authorizations.get(scope ?? '');
    const isFresh = known !== undefined && known.expiresAt > Date.now();
    const answer = await send(await this.#toRequest(request, isFresh ? known.header : undefined));
    if (answer.status !== 401) return answer;
    const challenges = parseChallenges(answer.headers.get('www-authenticate'));
    const authorization = await this.#authorize(challenges, scope, request.signal);
    const retried = await send(await this.#toRequest(request, authorization.header));
    if (retried.status === 401) throw this.#toLoginError(retried, target?.repository ?? null);
    this.#authorizations.set(scope ?? '', authorization);
    return retried;
  }

  async #authorize(
    challenges: Challenge[],
    scope: string | null,
    signal: AbortSignal | undefined
  ): Promise<{ header: string; expiresAt: number }> {
    const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
    if (this.#login !== null && 'registryToken' in this.#login) {
      return { header: `Bearer ${this.#login.registryToken}`, expiresAt: Infinity };
    }
    if (bearer !== undefined) {
      const usesPlainHttp = (await this.#findOrigin(signal)).origin.startsWith('http:');
      const token = await fetchToken(this.host, bearer, this.#login, scope, { usesPlainHttp, signal });
      return { header: `Bearer ${token.value}`, expiresAt: token.expiresAt };
    }
    if (this.#login === null) throw toLoginError(this.host, null, '');
    if (challenges.some(({ scheme }) => scheme === 'basic') && 'secret' in this.#login) {
      return { header: basicAuthorization(this.#login), expiresAt: Infinity };
    }
    const detail = { reason: 'authentication-unsupported' } as const;
    throw new AppError('registry-failed', { host: this.host, status: 401, detail });
  }

  /** A token was granted but is not sufficient: the login is valid, but may not read this. */
  #toLoginError(answer: RegistryAnswer, repository: string | null): AppError {
    const challenges = parseChallenges(answer.headers.get('www-authenticate'));
    const isShort = challenges.some(({ parameters }) => parameters.get('error') === 'insufficient_scope');
    const message = errorMessage(answer.body);
    if (isShort && repository !== null && this.#login !== null) return this.#toDenial(repository, message);
    return toLoginError(this.host, this.#login, message);
  }

  #toResponseError(answer: RegistryAnswer, repository: string): AppError {
    if (answer.status !== 403) return toResponseError(answer, this.host, this.#login);
    const message = errorMessage(answer.body);
    return this.#login === null ? toLoginError(this.host, null, message) : this.#toDenial(repository, message);
  }

  #toDenial(repository: string, message: string): AppError {
    const said = message === '' ? {} : { detail: hideLogin(message, this.#login) };
    if (readRefusal(message) === 'login-expired') {
      return new AppError('registry-login-expired', { host: this.host, ...said });
    }
    return new AppError('registry-denied', { host: this.host, repository, action: 'pull', ...said });
  }

  /** Found once; a failure is not remembered. */
  #findOrigin(signal: AbortSignal | undefined): Promise<RegistryOrigin> {
    const finding = (this.#origin ??= findRegistryOrigin(this.host, this.#isInsecure, signal));
    finding.catch(() => (this.#origin = null));
    return finding;
  }

  async #toRequest({ path, ...limits }: PathRequest, authorization: string | undefined): Promise<RegistryRequest> {
    const { origin, anyCertificate } = await this.#findOrigin(limits.signal);
    const url = readWebUrl(path, origin);
    if (url === null) {
      throw new AppError('registry-unreachable', { host: this.host, detail: { reason: 'host-invalid' } });
    }
    return { host: this.host, url, anyCertificate, ...limits, ...(authorization !== undefined && { authorization }) };
  }
}
