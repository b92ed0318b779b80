/** What a registry's message says beyond allowing or denying. */
export type Refusal =
  'quota-exceeded' | 'rate-limited' | 'tag-immutable' | 'plain-http' | 'certificate' | 'login-expired';

/**
 * Registries use one code for different refusals, and each words them in its own way: Docker Hub, ECR, Artifact Registry,
 * ACR, Harbor, Quay, GitLab. The first that matches counts: "denied: quota exceeded" is about the quota.
 */
const refusals: readonly (readonly [RegExp, Refusal])[] = [
  [/gave HTTP response to HTTPS client|first record does not look like a TLS handshake/i, 'plain-http'],
  [/x509:|failed to verify certificate|certificate (?:signed by|is not|has expired)|bad certificate/i, 'certificate'],
  [
    /toomanyrequests|too many requests|rate[ -]?limit|\brate exceeded|request limit|requests per (?:second|minute|hour|day)|\b429\b/i,
    'rate-limited'
  ],
  [
    /\bquota\b.{0,60}(?:exceed|reached|used up|full)|exceed.{0,60}\bquota\b|exceed the configured upper limit|storage (?:limit|size limit)|(?:storage|size) .{0,40}limit.{0,20}(?:exceeded|reached)/is,
    'quota-exceeded'
  ],
  [
    /immutab|cannot be overwritten|(?:can ?not|not allowed to) (?:overwrite|update) (?:the |an? )?(?:existing )?tag|tag .{0,200}already exists/is,
    'tag-immutable'
  ],
  [
    /token (?:has |is )?expired|expired (?:\w+ )?token|(?:session|login|credentials?) (?:has|have|is|are) expired|reauthenticate|re-authenticate|unauthenticated request|ExpiredToken/i,
    'login-expired'
  ]
];

/** What a message is about; null if it is none of these. */
export function readRefusal(message: string): Refusal | null {
  return refusals.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}
