import { maxComparedImages, minComparedImages } from '#contract/domain/comparison-limits.ts';

/** What the shell command was asked to do. */
export type CommandLine =
  | { kind: 'help' }
  | { kind: 'invalid'; reason: string }
  | { kind: 'analyze'; image: string; json: boolean; ci: boolean; platform: string | null; rulesFile: string | null }
  | {
      kind: 'compare';
      images: string[];
      json: boolean;
      platform: string | null;
      /** Layers that are only in a registry are fetched. */
      fetch: boolean;
      /** What is read besides, from the files of the images. */
      packages: boolean;
      contents: boolean;
    };

/** As skopeo and others write it: what has no such word before it is never looked for in a registry. */
export const registryScheme = 'docker://';
export const isInRegistry = (image: string): boolean => image.startsWith(registryScheme);

/** Reads the words after the program's name. */
export function parseArguments(words: readonly string[]): CommandLine {
  const [command, ...rest] = words;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return { kind: 'help' };
  if (command !== 'analyze' && command !== 'compare')
    return { kind: 'invalid', reason: `There is no command "${command}".` };
  const options = { json: false, ci: false, platform: null as string | null, rulesFile: null as string | null };
  const compareOptions = { fetch: false, packages: false, contents: false };
  const images: string[] = [];
  let onlyImages = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const [name, inline] = splitOption(word);
    if (onlyImages || word === '-' || !word.startsWith('-')) images.push(word);
    else if (word === '--') onlyImages = true;
    else if (word === '--json') options.json = true;
    else if (word === '--ci') options.ci = true;
    else if (word === '--fetch') compareOptions.fetch = true;
    else if (word === '--packages') compareOptions.packages = true;
    else if (word === '--contents') compareOptions.contents = true;
    else if (word === '--help' || word === '-h') return { kind: 'help' };
    else if (name === '--platform' || name === '--ci-config') {
      const value = inline ?? rest[++at];
      if (value === undefined || value === '') return { kind: 'invalid', reason: `${name} needs a value.` };
      if (name === '--platform') options.platform = value;
      else options.rulesFile = value;
    } else return { kind: 'invalid', reason: `There is no option "${word}".` };
  }
  if (command === 'compare') {
    if (options.ci || options.rulesFile !== null) return { kind: 'invalid', reason: 'Rules are for analyze.' };
    if (images.length < minComparedImages || images.length > maxComparedImages) {
      return { kind: 'invalid', reason: `Which images? Name ${minComparedImages} to ${maxComparedImages}.` };
    }
    if ((compareOptions.packages || compareOptions.contents) && images.includes('-')) {
      return { kind: 'invalid', reason: 'The standard input can be read only once: name files for this.' };
    }
    return { kind: 'compare', images, json: options.json, platform: options.platform, ...compareOptions };
  }
  if (compareOptions.packages || compareOptions.contents) {
    return { kind: 'invalid', reason: 'Packages and contents are for compare.' };
  }
  if (compareOptions.fetch || images.some(isInRegistry))
    return { kind: 'invalid', reason: 'Images in a registry are for compare.' };
  const [image] = images;
  if (image === undefined)
    return { kind: 'invalid', reason: 'Which image? Name one, or an archive, or an OCI layout.' };
  if (images.length > 1) return { kind: 'invalid', reason: 'One image at a time.' };
  return { kind: 'analyze', image, ...options };
}

function splitOption(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}
