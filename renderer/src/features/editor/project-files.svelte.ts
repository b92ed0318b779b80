import type { Bridge } from '#contract/ipc/bridge.ts';
import type { Draft } from '#contract/schema/draft.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Project, Starter } from '#contract/schema/project.ts';
import { call, CallError, toErrorData } from '../../bridge/call.ts';
import type { SelectionState } from '../../selection/selection-state.svelte.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { EditorDocument } from './editor-document.svelte.ts';

const dockerignore = '.dockerignore';

export interface FilesListener {
  /** Another program changed a file without unsaved changes; it was read again. */
  onReloaded: (file: string) => void;
  /** A file of the project was saved. */
  onSaved: (file: string) => void;
  /** Unsaved texts of these files were restored. */
  onRestored: (files: readonly string[]) => void;
  /** Unsaved text cannot be stored at the moment. */
  onDraftError: (error: AppErrorData) => void;
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
  readonly #drafts: DraftKeeper;
  #project: Project;
  /** The last active Dockerfile; it is built while .dockerignore is active. */
  #lastDockerfile = $state<string | null>(null);

  constructor(bridge: Bridge, project: Project, selection: SelectionState, listener: FilesListener) {
    this.#bridge = bridge;
    this.#project = project;
    this.#selection = selection;
    this.#listener = listener;
    this.#drafts = new DraftKeeper(bridge, project.id, listener.onDraftError);
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

  /** Reads every file and restores what was not saved, or proposes a starter if there is no Dockerfile. */
  async load(project: Project = this.#project): Promise<void> {
    this.#project = project;
    this.loading = true;
    this.#drafts.flush();
    try {
      const drafts = await this.#drafts.list();
      const starter =
        project.dockerfiles.length === 0 && !drafts.some(isOfDeletedDockerfile)
          ? await call(this.#bridge, 'project.starter', { projectId: project.id })
          : null;
      const documents = await Promise.all([
        ...project.dockerfiles.map((file) => this.#read(file)),
        project.hasDockerignore ? this.#read(dockerignore) : this.#createDocument(dockerignore, '')
      ]);
      this.starter = starter;
      const found = starter === null ? documents : this.#createStarterDocuments(starter, documents);
      this.documents = this.#restoreDrafts(drafts, found);
      this.activate(this.documents[0]?.file ?? dockerignore);
      this.error = null;
    } catch (cause) {
      this.error = toErrorData(cause);
    } finally {
      this.loading = false;
    }
  }

  /** Follows changes from outside, and stores unsaved text, until the returned function is called. */
  follow(): () => void {
    const unsubscribe = this.#bridge.on('file.changed', ({ projectId, file, revision }) => {
      if (projectId === this.#project.id) void this.#handleChange(file, revision);
    });
    return () => {
      unsubscribe();
      this.storeDrafts();
    };
  }

  /** Stores unsaved text immediately, when the window may be closed next. */
  storeDrafts(): void {
    this.#drafts.flush();
  }

  /** Saves one file. Returns false if it failed: the reason is in the document or in `error`. */
  async save(document: EditorDocument, replace = false): Promise<boolean> {
    const { file, text, revision } = document;
    this.saving = true;
    // What is saved is then never older than its draft.
    this.#drafts.flush();
    try {
      const saved = await call(this.#bridge, 'file.save', {
        projectId: this.#project.id,
        file,
        text,
        revision,
        replace
      });
      document.markSaved(text, saved.revision);
      this.#drafts.update(document);
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
    this.#drafts.update(document);
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
    return this.#createDocument(file, read.text, read.revision);
  }

  #createDocument(file: string, text: string, revision: string | null = null): EditorDocument {
    return new EditorDocument({ file, text, revision }, this.#selection, (edited) => this.#drafts.update(edited));
  }

  /** Restores each draft that differs from its file, and adds the files that are only drafts. */
  #restoreDrafts(drafts: readonly Draft[], found: readonly EditorDocument[]): EditorDocument[] {
    const documents = [...found];
    const restored: string[] = [];
    for (const draft of drafts) {
      const document = found.find(({ file }) => file === draft.file) ?? this.#createDocument(draft.file, '');
      if (!found.includes(document)) documents.push(document);
      if (draft.text === document.text) {
        this.#drafts.update(document);
        continue;
      }
      document.restore(draft);
      restored.push(draft.file);
    }
    if (restored.length > 0) this.#listener.onRestored(restored);
    return documents;
  }

  #createStarterDocuments(starter: Starter, found: readonly EditorDocument[]): EditorDocument[] {
    const proposed = starter.files.map(({ file, text }) => this.#createDocument(file, text));
    return [...proposed, ...found.filter((doc) => proposed.every((other) => other.file !== doc.file))];
  }

  async #handleChange(file: string, revision: string | null): Promise<void> {
    const document = this.#find(file);
    if (document === null) return;
    if (document.revision === revision) {
      document.changedOnDisk = null;
      return;
    }
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

/** The text of a Dockerfile that was on disk when it was edited. */
function isOfDeletedDockerfile({ file, revision }: Draft): boolean {
  return revision !== null && !file.endsWith('.dockerignore');
}
