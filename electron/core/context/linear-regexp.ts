/**
 * The subset of Go's regular expressions that path patterns are translated to: literals, classes, ".", "^", "$", groups, "*"
 * and "?". All alternatives are matched at the same time, which takes time proportional to the length of the text times that
 * of the expression; a backtracking RegExp can take exponential time. https://pkg.go.dev/regexp/syntax
 */
export class LinearRegExp {
  readonly #program: Instruction[];
  /** Literals at the start and the end of every match; most paths are rejected by them. */
  readonly #prefix: string;
  readonly #suffix: string;

  /** Throws SyntaxError for what Go rejects, and for escapes that are not supported: \p, \x, \Q, octal. */
  constructor(source: string) {
    const nodes = new Parser(source).parse();
    this.#prefix = literalRun(nodes);
    this.#suffix = Array.from(literalRun([...nodes].reverse()))
      .reverse()
      .join('');
    this.#program = [];
    assemble(nodes, this.#program);
    this.#program.push({ kind: 'match' });
  }

  /** Whether the text matches from start to end. */
  test(text: string): boolean {
    if (!text.startsWith(this.#prefix) || !text.endsWith(this.#suffix)) return false;
    const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    let current = new Threads(this.#program.length);
    let next = new Threads(this.#program.length);
    for (let at = 0; at <= points.length; at++) {
      if (at === 0) this.#add(current, 0, points, 0);
      const point = points[at];
      if (point === undefined || current.list.length === 0) break;
      for (const index of current.list) {
        const instruction = this.#program[index];
        if (instruction?.kind === 'character' && instruction.test(point)) this.#add(next, index + 1, points, at + 1);
      }
      [current, next] = [next, current];
      next.clear();
    }
    return current.has(this.#program.length - 1);
  }

  /** Adds an instruction and those reachable from it without consuming a character. */
  #add(threads: Threads, first: number, points: readonly number[], at: number): void {
    const pending = [first];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (!threads.add(index)) continue;
      const instruction = this.#program[index];
      if (instruction?.kind === 'split') pending.push(instruction.to, index + 1);
      else if (instruction?.kind === 'jump') pending.push(instruction.to);
      else if (instruction?.kind === 'assert' && instruction.holds(points, at)) pending.push(index + 1);
    }
  }
}

type CharacterTest = (point: number) => boolean;
type Assertion = (points: readonly number[], at: number) => boolean;

type Node =
  | { kind: 'character'; test: CharacterTest; literal?: string }
  | { kind: 'assert'; holds: Assertion }
  | { kind: 'group'; nodes: Node[] }
  | { kind: 'repeat'; node: Node }
  | { kind: 'optional'; node: Node };

type Instruction =
  | { kind: 'character'; test: CharacterTest }
  | { kind: 'assert'; holds: Assertion }
  | { kind: 'split'; to: number }
  | { kind: 'jump'; to: number }
  | { kind: 'match' };

/** A set of instructions. */
class Threads {
  list: number[] = [];
  readonly #held: Uint8Array;

  constructor(size: number) {
    this.#held = new Uint8Array(size);
  }

  has(index: number): boolean {
    return this.#held[index] === 1;
  }

  add(index: number): boolean {
    if (this.#held[index] === 1) return false;
    this.#held[index] = 1;
    this.list.push(index);
    return true;
  }

  clear(): void {
    for (const index of this.list) this.#held[index] = 0;
    this.list = [];
  }
}

function literalRun(nodes: readonly Node[]): string {
  let run = '';
  for (const node of nodes) {
    if (node.kind !== 'character' || node.literal === undefined) break;
    run += node.literal;
  }
  return run;
}

function assemble(nodes: readonly Node[], program: Instruction[]): void {
  for (const node of nodes) {
    if (node.kind === 'group') assemble(node.nodes, program);
    else if (node.kind === 'character') program.push({ kind: 'character', test: node.test });
    else if (node.kind === 'assert') program.push(node);
    else {
      const split = { kind: 'split' as const, to: 0 };
      const start = program.push(split) - 1;
      assemble([node.node], program);
      if (node.kind === 'repeat') program.push({ kind: 'jump', to: start });
      split.to = program.length;
    }
  }
}

const lineFeed = 10;
const between =
  (first: string, last: string): CharacterTest =>
  (point) =>
    point >= (first.codePointAt(0) ?? 0) && point <= (last.codePointAt(0) ?? 0);
const anyOf =
  (...tests: CharacterTest[]): CharacterTest =>
  (point) =>
    tests.some((test) => test(point));
const not =
  (test: CharacterTest): CharacterTest =>
  (point) =>
    !test(point);
const oneOf = (characters: string): CharacterTest => anyOf(...Array.from(characters, (each) => between(each, each)));

const digit = between('0', '9');
const lower = between('a', 'z');
const upper = between('A', 'Z');
const space = oneOf('\t\n\f\r ');
const word = anyOf(digit, lower, upper, oneOf('_'));

const perlClasses: Readonly<Record<string, CharacterTest>> = {
  d: digit,
  D: not(digit),
  s: space,
  S: not(space),
  w: word,
  W: not(word)
};

const namedClasses: Readonly<Record<string, CharacterTest>> = {
  alnum: anyOf(digit, lower, upper),
  alpha: anyOf(lower, upper),
  ascii: between('\0', '\x7F'),
  blank: oneOf('\t '),
  cntrl: anyOf(between('\0', '\x1F'), oneOf('\x7F')),
  digit,
  graph: between('!', '~'),
  lower,
  print: between(' ', '~'),
  punct: anyOf(between('!', '/'), between(':', '@'), between('[', '`'), between('{', '~')),
  space: anyOf(space, oneOf('\v')),
  upper,
  word,
  xdigit: anyOf(digit, between('A', 'F'), between('a', 'f'))
};

const controlEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v'
};

const isBegin: Assertion = (_points, at) => at === 0;
const isEnd: Assertion = (points, at) => at === points.length;
const isWordBoundary: Assertion = (points, at) => isWordAt(points, at - 1) !== isWordAt(points, at);

function isWordAt(points: readonly number[], at: number): boolean {
  const point = points[at];
  return point !== undefined && word(point);
}

const assertionEscapes: Readonly<Record<string, Assertion>> = {
  A: isBegin,
  z: isEnd,
  b: isWordBoundary,
  B: (points, at) => !isWordBoundary(points, at)
};

class Parser {
  readonly #characters: string[];
  #at = 0;

  constructor(source: string) {
    this.#characters = Array.from(source);
  }

  parse(): Node[] {
    const nodes = this.#sequence();
    if (this.#at < this.#characters.length) throw new SyntaxError('a ")" without its "("');
    return nodes;
  }

  #sequence(): Node[] {
    const nodes: Node[] = [];
    for (let next = this.#peek(); next !== undefined && next !== ')'; next = this.#peek()) {
      const node = this.#atom();
      const quantifier = this.#peek();
      if (quantifier === '*' || quantifier === '?') this.#at++;
      if (quantifier === '*') nodes.push({ kind: 'repeat', node });
      else nodes.push(quantifier === '?' ? { kind: 'optional', node } : node);
    }
    return nodes;
  }

  #atom(): Node {
    const character = this.#take();
    if (character === '(') {
      const nodes = this.#sequence();
      if (this.#peek() !== ')') throw new SyntaxError('a "(" without its ")"');
      this.#at++;
      return { kind: 'group', nodes };
    }
    if (character === '[') return { kind: 'character', test: this.#class() };
    if (character === '.') return { kind: 'character', test: (point) => point !== lineFeed };
    if (character === '^') return { kind: 'assert', holds: isBegin };
    if (character === '$') return { kind: 'assert', holds: isEnd };
    if (character === '\\') return this.#escape();
    return literalOf(character);
  }

  #escape(): Node {
    const name = this.#peek() ?? '';
    const holds = ownValue(assertionEscapes, name);
    const test = ownValue(perlClasses, name);
    if (holds === undefined && test === undefined) return literalOf(this.#escapedCharacter());
    this.#at++;
    return holds === undefined ? { kind: 'character', test: test ?? space } : { kind: 'assert', holds };
  }

  /** What follows a backslash, where it is one character. */
  #escapedCharacter(): string {
    const character = this.#take();
    const control = ownValue(controlEscapes, character);
    if (control !== undefined) return control;
    if (/^[0-9A-Za-z]$/.test(character) || character > '\x7F') throw new SyntaxError('an escape that is not known');
    return character;
  }

  #class(): CharacterTest {
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#at++;
    const tests: CharacterTest[] = [];
    // A "]" that comes first is a character of the class.
    while (tests.length === 0 || this.#peek() !== ']') tests.push(this.#namedClass() ?? this.#range());
    this.#at++;
    const test = anyOf(...tests);
    return isNegated ? not(test) : test;
  }

  #namedClass(): CharacterTest | undefined {
    if (this.#peek() === '\\') {
      const test = ownValue(perlClasses, this.#peek(1) ?? '');
      if (test !== undefined) this.#at += 2;
      return test;
    }
    if (this.#peek() !== '[' || this.#peek(1) !== ':') return undefined;
    const end = this.#characters.findIndex(
      (each, at) => at > this.#at + 1 && each === ':' && this.#characters[at + 1] === ']'
    );
    if (end < 0) return undefined;
    const name = this.#characters.slice(this.#at + 2, end).join('');
    const test = ownValue(namedClasses, name.replace(/^\^/, ''));
    if (test === undefined) throw new SyntaxError('a named class that is not known');
    this.#at = end + 2;
    return name.startsWith('^') ? not(test) : test;
  }

  #range(): CharacterTest {
    const first = this.#classCharacter();
    const isRange = this.#peek() === '-' && this.#peek(1) !== undefined && this.#peek(1) !== ']';
    if (!isRange) return between(first, first);
    this.#at++;
    const last = this.#classCharacter();
    if ((last.codePointAt(0) ?? 0) < (first.codePointAt(0) ?? 0))
      throw new SyntaxError('a range that ends before it begins');
    return between(first, last);
  }

  #classCharacter(): string {
    const character = this.#take();
    return character === '\\' ? this.#escapedCharacter() : character;
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #take(): string {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw new SyntaxError('the expression ends too early');
    return character;
  }
}

function literalOf(character: string): Node {
  return { kind: 'character', test: between(character, character), literal: character };
}

function ownValue<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
