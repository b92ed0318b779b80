import type { Finding } from '#contract/schema/finding.ts';
import type { DockerfileInstruction, ParsedDockerfile } from '../parse/parse-dockerfile.ts';

/** What builds: an engine with its own front end, as the engine reports itself. */
export interface BuilderVersion {
  readonly product: 'Docker' | 'Podman';
  /** "28.5.2" */
  readonly version: string;
}

type Feature = 'heredoc' | 'spaced-heredoc' | 'plain-default' | 'pattern';

/** The first versions that read each: as major and minor. Null: none is known. */
interface Since {
  readonly Docker: readonly [number, number];
  readonly Podman: readonly [number, number] | null;
  /** Of docker/dockerfile, which a syntax directive names. */
  readonly frontEnd: readonly [number, number];
}

const features: Readonly<Record<Feature, Since>> = {
  heredoc: { Docker: [23, 0], Podman: [4, 8], frontEnd: [1, 4] },
  'spaced-heredoc': { Docker: [28, 2], Podman: null, frontEnd: [1, 16] },
  // ${NAME-word}, ${NAME+word} and ${NAME?word} without a colon.
  'plain-default': { Docker: [25, 0], Podman: null, frontEnd: [1, 6] },
  // ${NAME#pattern}, ${NAME%pattern} and ${NAME/pattern/word}.
  pattern: { Docker: [26, 0], Podman: null, frontEnd: [1, 7] }
};

/** Instructions whose variables the builder expands; in the others the shell does. */
const expanded = new Set('ADD COPY ENV EXPOSE FROM LABEL STOPSIGNAL USER VOLUME WORKDIR ARG'.split(' '));

/**
 * Finds what the builder is too old to read as current BuildKit does. A syntax directive brings a front end of its own
 * version; one without a minor version, or of another name, counts as current.
 * https://github.com/moby/buildkit/releases
 */
export function findNewerSyntax(dockerfile: ParsedDockerfile, builder: BuilderVersion): Finding[] {
  const reader = findReader(dockerfile, builder);
  if (reader === null) return [];
  return dockerfile.instructions.flatMap((instruction) =>
    listFeatures(instruction)
      .filter((feature) => isNewer(features[feature][reader.kind], reader.version))
      .map((feature) => toFinding(instruction, feature, reader))
  );
}

interface Reader {
  readonly kind: keyof Since;
  readonly name: string;
  readonly version: readonly [number, number];
}

function findReader({ directives }: ParsedDockerfile, { product, version }: BuilderVersion): Reader | null {
  const syntax = directives.find(({ name }) => name === 'syntax')?.value;
  if (syntax !== undefined && product === 'Docker') {
    const [, major, minor] = /^(?:docker\.io\/)?docker\/dockerfile:(\d+)\.(\d+)/.exec(syntax) ?? [];
    if (minor === undefined) return null;
    return { kind: 'frontEnd', name: syntax, version: [Number(major), Number(minor)] };
  }
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (minor === undefined) return null;
  return { kind: product, name: `${product} ${version}`, version: [Number(major), Number(minor)] };
}

function isNewer(since: readonly [number, number] | null, version: readonly [number, number]): boolean {
  if (since === null) return true;
  return since[0] > version[0] || (since[0] === version[0] && since[1] > version[1]);
}

function listFeatures({ keyword, operands, heredocs }: DockerfileInstruction): Feature[] {
  const found: Feature[] = [];
  if (heredocs.some(({ isSpaced }) => isSpaced)) found.push('spaced-heredoc');
  else if (heredocs.length > 0) found.push('heredoc');
  if (!expanded.has(keyword)) return found;
  if (/\$\{\w+[-+?]/.test(operands)) found.push('plain-default');
  if (/\$\{\w+[#%/]/.test(operands)) found.push('pattern');
  return found;
}

function toFinding({ line, endLine }: DockerfileInstruction, feature: Feature, reader: Reader): Finding {
  const since = features[feature][reader.kind];
  return {
    ruleId: 'newer-syntax',
    data: { feature, reader: reader.name, since: since?.join('.') ?? '' },
    severity: 'warning',
    source: 'slipway',
    file: null,
    range: { start: { line: line - 1, character: 0 }, end: { line: endLine, character: 0 } },
    url: null,
    detail: null,
    fix: null
  };
}
