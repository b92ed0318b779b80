import type { BuildEvent, BuildSnapshot, StepLog } from '../schema/build.ts';

/** Max lines stored per build, of all steps together. */
export const buildLineLimit = 200_000;

/** Max characters stored of a build's output; each takes up to two bytes, so this is 64 MiB. */
export const buildCharacterLimit = 32 * 1024 * 1024;

/** Max characters stored per line; the rest is cut off and marked with an ellipsis. */
export const lineCharacterLimit = 10_000;

/** Lines dropped at once, so that the cost per line stays low. */
const linesPerDrop = 2_000;
const charactersPerDrop = 1024 * 1024;

const maxFindings = 500;
const maxLoginProblems = 20;

/** The state of a build before its first event. */
export function emptyBuildSnapshot(): BuildSnapshot {
  return {
    engine: null,
    builder: null,
    dockerfile: '',
    tag: '',
    context: null,
    steps: [],
    logs: {},
    logLineCount: 0,
    logCharacterCount: 0,
    findings: [],
    loginProblems: [],
    imageId: null
  };
}

/**
 * New objects around everything that the reducer changed in place: the snapshot, its lists and each log. The lines of a
 * log
 * are not copied, as there may be 200,000: they grow in place, so read them through the log.
 */
export function copyBuildSnapshot(build: BuildSnapshot): BuildSnapshot {
  const logs = Object.fromEntries(Object.entries(build.logs).map(([id, log]) => [id, { ...log }]));
  const { steps, findings, loginProblems } = build;
  return { ...build, steps: [...steps], findings: [...findings], loginProblems: [...loginProblems], logs };
}

/**
 * Applies one event to the snapshot, in place, in time proportional to the event's size. Only this function changes
 * main's
 * snapshot and the window's.
 */
export function applyBuildEvent(snapshot: BuildSnapshot, event: BuildEvent): void {
  switch (event.kind) {
    case 'started':
      snapshot.engine = event.engine;
      snapshot.builder = event.builder;
      snapshot.dockerfile = event.dockerfile;
      snapshot.tag = event.tag;
      return;
    case 'context':
      snapshot.context = { sentBytes: event.sentBytes, totalBytes: event.totalBytes };
      return;
    case 'step': {
      const index = snapshot.steps.findIndex((step) => step.id === event.step.id);
      if (index < 0) snapshot.steps.push(event.step);
      else snapshot.steps[index] = event.step;
      return;
    }
    case 'log':
      appendLog(snapshot, event.stepId, event.text);
      return;
    case 'finding':
      if (snapshot.findings.length < maxFindings) snapshot.findings.push(event.finding);
      return;
    case 'login-problem': {
      const known = snapshot.loginProblems.map((problem) => JSON.stringify(problem));
      const isNew = !known.includes(JSON.stringify(event.problem)) && known.length < maxLoginProblems;
      if (isNew) snapshot.loginProblems.push(event.problem);
      return;
    }
    case 'image':
      snapshot.imageId = event.imageId;
      return;
  }
}

function appendLog(snapshot: BuildSnapshot, stepId: string, text: string): void {
  if (text === '') return;
  const log = (snapshot.logs[stepId] ??= { lines: [], open: false, droppedLines: 0 });
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    growLine(snapshot, log, text.slice(start, end));
    closeLine(snapshot, log);
    start = end + 1;
  }
  if (start < text.length) growLine(snapshot, log, text.slice(start));
}

function growLine(snapshot: BuildSnapshot, log: StepLog, piece: string): void {
  if (!log.open) {
    log.lines.push('');
    log.open = true;
    snapshot.logLineCount += 1;
  }
  changeLastLine(snapshot, log, (line) => overwrite(line, piece));
  if (snapshot.logLineCount > buildLineLimit || snapshot.logCharacterCount > buildCharacterLimit)
    dropOldestLines(snapshot);
}

function closeLine(snapshot: BuildSnapshot, log: StepLog): void {
  changeLastLine(snapshot, log, withoutReturn);
  log.open = false;
}

function changeLastLine(snapshot: BuildSnapshot, log: StepLog, change: (line: string) => string): void {
  const last = log.lines.length - 1;
  const before = log.lines[last] ?? '';
  const after = change(before);
  log.lines[last] = after;
  snapshot.logCharacterCount += after.length - before.length;
}

/**
 * An unfinished line keeps a trailing "\r": only the next chunk shows whether it is part of a line end or restarts the
 * line,
 * as progress bars do.
 */
function overwrite(line: string, piece: string): string {
  const body = withoutReturn(piece);
  const returns = body.length < piece.length;
  if (body === '') return returns ? `${withoutReturn(line)}\r` : line;
  const lastReturn = body.lastIndexOf('\r');
  const current = lastReturn >= 0 || line.endsWith('\r') ? '' : line;
  const grown = limitLine(current, body.slice(lastReturn + 1));
  return returns ? `${grown}\r` : grown;
}

function limitLine(current: string, added: string): string {
  if (current.length + added.length <= lineCharacterLimit) return current + added;
  if (current.length > lineCharacterLimit) return current;
  const truncated = current + added.slice(0, lineCharacterLimit - current.length);
  // Do not leave half of a surrogate pair.
  return `${truncated.replace(/[\uD800-\uDBFF]$/, '\uFFFD')}…`;
}

function withoutReturn(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 13) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Drops the oldest lines of the step that has the most. */
function dropOldestLines(snapshot: BuildSnapshot): void {
  const largest = Object.values(snapshot.logs).reduce((longest, log) =>
    log.lines.length > longest.lines.length ? log : longest
  );
  const droppable = Math.min(linesPerDrop, largest.lines.length - 1);
  let lineCount = 0;
  let characterCount = 0;
  while (lineCount < droppable && characterCount < charactersPerDrop) {
    characterCount += largest.lines[lineCount]?.length ?? 0;
    lineCount += 1;
  }
  largest.lines.splice(0, lineCount);
  largest.droppedLines += lineCount;
  snapshot.logLineCount -= lineCount;
  snapshot.logCharacterCount -= characterCount;
}
