import { fewestCompared, mostCompared } from '#contract/schema/comparison.ts';

/** What the shell command was asked to do. */
export type CommandLine =
  | { kind: 'help' }
  | { kind: 'wrong'; reason: string }
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
    return { kind: 'wrong', reason: `There is no command "${command}".` };
  const told = { json: false, ci: false, platform: null as string | null, rulesFile: null as string | null };
  const more = { fetch: false, packages: false, contents: false };
  const images: string[] = [];
  let onlyImages = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const [name, inline] = splitOption(word);
    if (onlyImages || word === '-' || !word.startsWith('-')) images.push(word);
    else if (word === '--') onlyImages = true;
    else if (word === '--json') told.json = true;
    else if (word === '--ci') told.ci = true;
    else if (word === '--fetch') more.fetch = true;
    else if (word === '--packages') more.packages = true;
    else if (word === '--contents') more.contents = true;
    else if (word === '--help' || word === '-h') return { kind: 'help' };
    else if (name === '--platform' || name === '--ci-config') {
      const value = inline ?? rest[++at];
      if (value === undefined || value === '') return { kind: 'wrong', reason: `${name} needs a value.` };
      if (name === '--platform') told.platform = value;
      else told.rulesFile = value;
    } else return { kind: 'wrong', reason: `There is no option "${word}".` };
  }
  if (command === 'compare') {
    if (told.ci || told.rulesFile !== null) return { kind: 'wrong', reason: 'Rules are for analyze.' };
    if (images.length < fewestCompared || images.length > mostCompared) {
      return { kind: 'wrong', reason: `Which images? Name ${fewestCompared} to ${mostCompared}.` };
    }
    if ((more.packages || more.contents) && images.includes('-')) {
      return { kind: 'wrong', reason: 'The standard input can be read only once: name files for this.' };
    }
    return { kind: 'compare', images, json: told.json, platform: told.platform, ...more };
  }
  if (more.packages || more.contents) {
    return { kind: 'wrong', reason: 'Packages and contents are for compare.' };
  }
  if (more.fetch || images.some(isInRegistry))
    return { kind: 'wrong', reason: 'Images in a registry are for compare.' };
  const [image] = images;
  if (image === undefined) return { kind: 'wrong', reason: 'Which image? Name one, or an archive, or an OCI layout.' };
  if (images.length > 1) return { kind: 'wrong', reason: 'One image at a time.' };
  return { kind: 'analyze', image, ...told };
}

function splitOption(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}
