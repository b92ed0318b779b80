import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Text } from '@codemirror/state';
import type { DockerfileLanguageService } from 'dockerfile-language-service';
import type { CompletionItem, Position } from 'vscode-languageserver-types';
import { loadLanguageService } from './load-language-service.ts';

/** Characters of a line and of a text beyond which the service, whose parser is slow on them, is not called. */
const maxLineCharacters = 4_000;
const maxCharacters = 200_000;

/** Offers instructions, their flags and the names of stages. */
export async function completeDockerfile(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$-]*/);
  if (!context.explicit && (word === null || word.from === word.to)) return null;
  const { doc } = context.state;
  if (doc.length > maxCharacters || hasLongLine(doc)) return null;
  const service = await loadLanguageService();
  if (context.aborted) return null;

  const line = doc.lineAt(context.pos);
  const list = await loadCompletions(service, doc.toString(), {
    line: line.number - 1,
    character: context.pos - line.from
  });
  const starts = list.flatMap((item) => startOf(item, doc));
  const from = starts.length === 0 ? (word?.from ?? context.pos) : Math.min(...starts);
  return list.length === 0 ? null : { from, options: list.map(toCompletion), validFor: /^[\w$-]*$/ };
}

function hasLongLine(doc: Text): boolean {
  for (const line of doc.iterLines()) if (line.length > maxLineCharacters) return true;
  return false;
}

/** The service would ask Docker Hub for the tags of an image; the page speaks to nobody, so there are none. */
async function loadCompletions(
  service: DockerfileLanguageService,
  text: string,
  position: Position
): Promise<readonly CompletionItem[]> {
  try {
    return await service.computeCompletionItems(text, position);
  } catch {
    return [];
  }
}

function toCompletion(item: CompletionItem): Completion {
  const { documentation, detail } = item;
  const info = typeof documentation === 'string' ? documentation : documentation?.value;
  return {
    label: item.label,
    type: 'keyword',
    apply: item.textEdit?.newText ?? item.insertText ?? item.label,
    ...(detail === undefined ? {} : { detail }),
    ...(info === undefined ? {} : { info })
  };
}

function startOf(item: CompletionItem, doc: Text): number[] {
  if (item.textEdit === undefined) return [];
  return [toOffset('range' in item.textEdit ? item.textEdit.range.start : item.textEdit.insert.start, doc)];
}

function toOffset(position: Position, doc: Text): number {
  return Math.min(doc.line(Math.min(position.line + 1, doc.lines)).from + position.character, doc.length);
}
