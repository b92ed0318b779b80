import {
  defaultReference,
  familiarName,
  formatReference,
  parseReference,
  type Reference
} from '#contract/domain/reference.ts';
import { words } from '#contract/words/words.ts';

/** The data that a name is proposed from. */
export interface ReferenceSource {
  readonly projectName: string;
  /** The login that a push would use; null if none is known. */
  readonly account: { readonly registry: string; readonly username: string | null } | null;
  /** The name of the last build of this project; null if there is none. */
  readonly lastTag: string | null;
}

/**
 * The proposed name for a project: that of its last build, unless that was built before anyone signed in; without a login a
 * local one.
 */
export function proposeReference(source: ReferenceSource): string {
  const { projectName, account, lastTag } = source;
  const unnamed = formatReference(defaultReference({ registry: 'docker.io', username: null, projectName }));
  if (lastTag !== null && lastTag !== unnamed) return lastTag;
  if (account === null) return familiarName(defaultReference({ registry: 'docker.io', username: null, projectName }));
  return formatReference(defaultReference({ registry: account.registry, username: account.username, projectName }));
}

/** The image name in the field: proposed until it is edited. */
export class ImageReference {
  /** The input; null follows the proposal. */
  typed = $state<string | null>(null);
  readonly #proposal: () => string;

  constructor(proposal: () => string) {
    this.#proposal = proposal;
  }

  get text(): string {
    return this.typed ?? this.#proposal();
  }

  set text(text: string) {
    this.typed = text;
  }

  /** The full name, with a tag; null while it is invalid. */
  get reference(): Reference | null {
    const parsed = parseReference(this.text.trim());
    if (!parsed.ok || parsed.reference.digest !== null) return null;
    return { ...parsed.reference, tag: parsed.reference.tag ?? 'latest' };
  }

  /** The error in words; null if it is valid. */
  get fault(): string | null {
    const parsed = parseReference(this.text.trim());
    if (!parsed.ok) return words.push.reference[parsed.reason];
    return parsed.reference.digest === null ? null : words.workspace.referenceDigest;
  }

  /** Sets the input as typed; an empty field returns to the proposal. */
  normalize(): void {
    if (this.typed?.trim() === '') this.typed = null;
    else if (this.reference !== null) this.typed = this.typed && formatReference(this.reference);
  }
}
