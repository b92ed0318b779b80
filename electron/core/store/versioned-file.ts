import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import { replaceFile } from '../util/replace-file.ts';
import { parseJson } from '../util/parse-json.ts';

/** A file of the store that could not be used, and the name of its backup; reported once. */
export interface StoreNotice {
  kind: 'store-damaged';
  name: string;
  renamedTo: string;
}

export interface VersionedFileOptions<T> {
  file: string;
  version: number;
  schema: z.ZodType<T>;
  /** The value while there is no file. */
  initial: T;
  /** A value that is stored as no file at all; default: none. */
  isAbsent?: (value: T) => boolean;
  notify: (notice: StoreNotice) => void;
}

const limitBytes = 64 * 1024 * 1024;
const envelopeSchema = z.object({ version: z.number().int().positive(), data: z.unknown() });

/** A value stored as `{version, data}` in one JSON file, in memory while the app runs, rewritten at each change. */
export class VersionedFile<T> {
  value: T;
  readonly #file: string;
  readonly #version: number;
  readonly #isAbsent: (value: T) => boolean;
  #writing: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  private constructor(options: Pick<VersionedFileOptions<T>, 'file' | 'version' | 'isAbsent'>, value: T) {
    this.#file = options.file;
    this.#version = options.version;
    this.#isAbsent = options.isAbsent ?? (() => false);
    this.value = value;
  }

  /** A value whose file is known not to exist. */
  static create<T>(options: VersionedFileOptions<T>): VersionedFile<T> {
    return new VersionedFile(options, options.initial);
  }

  /**
   * Never fails because of the content: a file that is damaged, of a wrong shape, unreadable, or of a newer version is
   * renamed and reported, and the initial value is used.
   */
  static async open<T>(options: VersionedFileOptions<T>): Promise<VersionedFile<T>> {
    const { file, initial } = options;
    const found = await load(options);
    if ('value' in found) return new VersionedFile(options, found.value);
    if ('aside' in found) {
      const renamedTo = `${file}.${found.aside}-${new Date().toISOString().replaceAll(':', '-')}`;
      const backup = await rename(file, renamedTo).then(
        () => renamedTo,
        () => file
      );
      options.notify({ kind: 'store-damaged', name: basename(file), renamedTo: basename(backup) });
    }
    return new VersionedFile(options, initial);
  }

  /**
   * Takes effect immediately; resolves when it, or a later value, is on disk. Writes are sequential, and changes made
   * during a write share the next one. Throws file-unwritable; the value then still applies until the app ends.
   */
  async change(value: T): Promise<void> {
    this.value = value;
    this.#waiting ??= this.#writing.then(() => {
      this.#waiting = undefined;
      const written = this.#write();
      this.#writing = written.catch(() => undefined);
      return written;
    });
    await this.#waiting;
  }

  async #write(): Promise<void> {
    const text = JSON.stringify({ version: this.#version, data: this.value });
    try {
      if (this.#isAbsent(this.value)) await rm(this.#file, { force: true });
      else await replaceFile(this.#file, Buffer.from(text));
    } catch (error) {
      throw new AppError(
        'file-unwritable',
        { file: basename(this.#file), detail: errorDetail(error) },
        { cause: error }
      );
    }
  }
}

type Loaded<T> = { value: T } | { aside: string } | { missing: true };

async function load<T>({ file, version, schema }: VersionedFileOptions<T>): Promise<Loaded<T>> {
  const damaged = { aside: 'damaged' };
  let text: string;
  try {
    const found = await readBoundedFile(file, limitBytes);
    if (found.kind !== 'read') return damaged;
    text = found.bytes.toString('utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { missing: true } : damaged;
  }
  const envelope = envelopeSchema.safeParse(parseJson(text));
  if (!envelope.success) return damaged;
  if (envelope.data.version > version) return { aside: `version-${envelope.data.version}` };
  const data = schema.safeParse(envelope.data.data);
  return data.success ? { value: data.data } : damaged;
}
