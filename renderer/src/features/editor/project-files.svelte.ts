import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Project, Starter } from '#contract/schema/project.ts';
import { call, CallError, toErrorData } from '../../bridge/call.ts';
import type { SelectionState } from '../../selection/selection-state.svelte.ts';
import { EditorDocument } from './editor-document.svelte.ts';

const dockerignore = '.dockerignore';

export interface FilesListener {
  /** Another program changed a file without unsaved changes; it was read again. */
  onReloaded: (file: string) => void;
  /** A file of the project was saved. */
  onSaved: (file: string) => void;
}

/** The project's editable files: read, open, save, and watch for changes from outside. */
export class ProjectFiles {
  documents = $state.raw<readonly EditorDocument[]>([]);
  activeFile = $state<string | null>(null);
  /** Proposed files of a project without a Dockerfile. */
  starter = $state.raw<Starter | null>(null);
  loading = $state(true);
  saving = $state(false);
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #selection: SelectionState;
  readonly #listener: FilesListener;
  #project: Project;
  /** The last active Dockerfile; it is built while .dockerignore is active. */
  #lastDockerfile = $state<string | null>(null);

  constructor(bridge: Bridge, project: Project, selection: SelectionState, listener: FilesListener) {
    this.#bridge = bridge;
    this.#project = project;
    this.#selection = selection;
    this.#listener = listener;
  }

  get active(): EditorDocument | null {
    return this.#find(this.activeFile);
  }

  /** The Dockerfile to build; null while there is none. */
  get dockerfile(): EditorDocument | null {
    const { active } = this;
    if (active?.language === 'dockerfile') return active;
    return this.#find(this.#lastDockerfile) ?? this.documents.find((doc) => doc.language === 'dockerfile') ?? null;
  }

  get unsaved(): readonly EditorDocument[] {
    return this.documents.filter((doc) => doc.isUnsaved);
  }

  /** Puts a file in front. A Dockerfile is then what a build takes. */
  activate(file: string): void {
    this.activeFile = file;
    if (this.active?.language === 'dockerfile') this.#lastDockerfile = file;
  }

  /** Reads every file, or proposes a starter if there is no Dockerfile. */
  async load(project: Project = this.#project): Promise<void> {
    this.#project = project;
    this.loading = true;
    try {
      const starter =
        project.dockerfiles.length === 0
          ? await call(this.#bridge, 'project.starter', { projectId: project.id })
          : null;
      const documents = await Promise.all([
        ...project.dockerfiles.map((file) => this.#read(file)),
        project.hasDockerignore ? this.#read(dockerignore) : this.#createDocument(dockerignore, '')
      ]);
      this.starter = starter;
      this.documents = starter === null ? documents : this.#createStarterDocuments(starter, documents);
      this.activate(this.documents[0]?.file ?? dockerignore);
      this.error = null;
    } catch (cause) {
      this.error = toErrorData(cause);
    } finally {
      this.loading = false;
    }
  }

  /** Follows changes from outside until the returned function is called. */
  follow(): () => void {
    return this.#bridge.on('file.changed', ({ projectId, file, revision }) => {
      if (projectId === this.#project.id) void this.#handleChange(file, revision);
    });
  }

  /** Saves one file. Returns false if it failed: the reason is in the document or in `error`. */
  async save(document: EditorDocument, replace = false): Promise<boolean> {
    const { file, text, revision } = document;
    this.saving = true;
    try {
      const saved = await call(this.#bridge, 'file.save', {
        projectId: this.#project.id,
        file,
        text,
        revision,
        replace
      });
      document.markSaved(text, saved.revision);
      this.error = null;
      this.#listener.onSaved(file);
      return true;
    } catch (cause) {
      this.#handleSaveError(document, toErrorData(cause));
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Saves the files that a build reads. Returns false if one of them could not be saved. */
  async saveAll(): Promise<boolean> {
    for (const document of this.unsaved) if (!(await this.save(document))) return false;
    return true;
  }

  /** Replaces our text with the one on disk. */
  async reload(document: EditorDocument): Promise<void> {
    document.replaceText(await this.readDisk(document));
  }

  /** The text on disk. Throws CallError. */
  async readDisk(document: EditorDocument): Promise<{ text: string; revision: string }> {
    return call(this.#bridge, 'file.read', { projectId: this.#project.id, file: document.file });
  }

  /** Writes the starter as edited, and returns the updated project. Throws CallError. */
  async writeStarter(): Promise<Project> {
    const files = this.starter?.files.map(({ file, text }) => ({ file, text: this.#find(file)?.text ?? text })) ?? [];
    const project = await call(this.#bridge, 'project.writeStarter', { projectId: this.#project.id, files });
    await this.load(project);
    return project;
  }

  #find(file: string | null): EditorDocument | null {
    return this.documents.find((doc) => doc.file === file) ?? null;
  }

  async #read(file: string): Promise<EditorDocument> {
    const read = await call(this.#bridge, 'file.read', { projectId: this.#project.id, file });
    return new EditorDocument(read, this.#selection);
  }

  #createDocument(file: string, text: string): EditorDocument {
    return new EditorDocument({ file, text, revision: null }, this.#selection);
  }

  #createStarterDocuments(starter: Starter, found: readonly EditorDocument[]): EditorDocument[] {
    const proposed = starter.files.map(({ file, text }) => this.#createDocument(file, text));
    return [...proposed, ...found.filter((doc) => proposed.every((other) => other.file !== doc.file))];
  }

  async #handleChange(file: string, revision: string | null): Promise<void> {
    const document = this.#find(file);
    if (document === null || document.revision === revision) return;
    if (document.isUnsaved || revision === null) {
      document.changedOnDisk = { revision };
      return;
    }
    try {
      const read = await this.readDisk(document);
      // It may have been edited while it was read.
      if (this.unsaved.includes(document)) {
        document.changedOnDisk = { revision };
        return;
      }
      document.replaceText(read);
      this.#listener.onReloaded(file);
    } catch (cause) {
      if (!(cause instanceof CallError)) throw cause;
      document.changedOnDisk = { revision };
    }
  }

  #handleSaveError(document: EditorDocument, error: AppErrorData): void {
    if (error.code === 'file-changed') document.changedOnDisk = { revision: 'unknown' };
    else if (error.code === 'file-missing') document.changedOnDisk = { revision: null };
    else this.error = error;
  }
}
