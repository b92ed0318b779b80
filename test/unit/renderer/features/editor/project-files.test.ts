import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallInput } from '#contract/ipc/calls.ts';
import type { Draft } from '#contract/schema/draft.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Project } from '#contract/schema/project.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import { ProjectFiles } from '../../../../../renderer/src/features/editor/project-files.svelte.ts';
import { SelectionState } from '../../../../../renderer/src/selection/selection-state.svelte.ts';
import { createGate } from '../../../create-gate.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const project: Project = {
  id: 'abcdef0123456789',
  name: 'demo',
  displayPath: '~/demo',
  stack: { language: 'node' },
  dockerfiles: ['Dockerfile', 'web.Dockerfile'],
  hasDockerignore: true
};
const starter = {
  files: [
    { file: 'Dockerfile', text: 'FROM node\n' },
    { file: '.dockerignore', text: 'node_modules\n' }
  ]
};

let disk: Record<string, { text: string; revision: string }>;
let saves: CallInput<'file.save'>[];
let saveError: AppErrorData | null;
let beforeRead: () => Promise<void>;
let reloaded: string[];
let savedFiles: string[];
let drafts: Draft[];
let draftError: AppErrorData | null;
let restored: string[];
let draftErrors: AppErrorData[];

beforeEach(() => {
  disk = {
    Dockerfile: { text: 'FROM a\n', revision: 'r1' },
    'web.Dockerfile': { text: 'FROM b\n', revision: 'r1' },
    '.dockerignore': { text: 'x\n', revision: 'r1' }
  };
  saves = [];
  saveError = null;
  beforeRead = () => Promise.resolve();
  reloaded = [];
  savedFiles = [];
  drafts = [];
  draftError = null;
  restored = [];
  draftErrors = [];
});

function createFiles(of: Project = project) {
  const { bridge, broadcast } = createTestBridge({
    'file.read': async ({ file }) => {
      const read = disk[file];
      await beforeRead();
      if (read === undefined) throw new CallError({ code: 'file-missing', file });
      return { file, ...read };
    },
    'file.save': (save) => {
      saves.push(save);
      if (saveError !== null) throw new CallError(saveError);
      disk[save.file] = { text: save.text, revision: 'r2' };
      return { revision: 'r2' };
    },
    'draft.list': () => drafts,
    'draft.save': ({ draft }) => {
      if (draftError !== null) throw new CallError(draftError);
      drafts = [draft, ...drafts.filter(({ file }) => file !== draft.file)];
      return {};
    },
    'draft.remove': ({ file }) => {
      drafts = drafts.filter((draft) => draft.file !== file);
      return {};
    },
    'project.starter': () => starter as never,
    'project.writeStarter': ({ files: written }) => {
      for (const { file, text } of written) disk[file] = { text, revision: 'r1' };
      return { ...of, dockerfiles: ['Dockerfile'], hasDockerignore: true };
    }
  });
  const files = new ProjectFiles(bridge, of, new SelectionState(), {
    onReloaded: (file) => void reloaded.push(file),
    onSaved: (file) => void savedFiles.push(file),
    onRestored: (names) => void restored.push(...names),
    onDraftError: (error) => void draftErrors.push(error)
  });
  const change = (file: string, text: string | null, revision = 'r9'): void => {
    if (text === null) Reflect.deleteProperty(disk, file);
    else disk[file] = { text, revision };
    broadcast('file.changed', { projectId: of.id, file, revision: text === null ? null : revision });
  };
  const documentOf = (file: string) => {
    const found = files.documents.find((document) => document.file === file);
    if (found === undefined) throw new Error(`no ${file}`);
    return found;
  };
  return { files, change, documentOf };
}

describe('the files of a project', () => {
  it('are its Dockerfiles and .dockerignore, the first of them in front', async () => {
    const { files } = createFiles();
    await files.load();
    expect(files.documents.map(({ file, text }) => [file, text])).toEqual([
      ['Dockerfile', 'FROM a\n'],
      ['web.Dockerfile', 'FROM b\n'],
      ['.dockerignore', 'x\n']
    ]);
    expect([files.active?.file, files.loading, files.unsaved]).toEqual(['Dockerfile', false, []]);
  });

  it('are built from the Dockerfile that was last in front', async () => {
    const { files } = createFiles();
    await files.load();
    files.activate('web.Dockerfile');
    files.activate('.dockerignore');
    expect(files.dockerfile?.file).toBe('web.Dockerfile');
  });

  it('that cannot be read are reported', async () => {
    disk = {};
    const { files } = createFiles();
    await files.load();
    expect([files.error, files.loading]).toEqual([{ code: 'file-missing', file: 'Dockerfile' }, false]);
  });
});

describe('a project without a Dockerfile', () => {
  const bare = { ...project, dockerfiles: [], hasDockerignore: false };

  it('shows a starter that is on no disk, and writes it as it was edited', async () => {
    const { files, documentOf } = createFiles(bare);
    await files.load();
    expect(files.documents.map(({ file, revision }) => [file, revision])).toEqual([
      ['Dockerfile', null],
      ['.dockerignore', null]
    ]);
    documentOf('Dockerfile').text = 'FROM mine\n';
    await files.writeStarter();
    expect(disk['Dockerfile']?.text).toBe('FROM mine\n');
    expect([files.starter, documentOf('Dockerfile').revision]).toEqual([null, 'r1']);
  });
});

describe('saving', () => {
  it('writes what a build reads, against the revision that was read', async () => {
    const { files, documentOf } = createFiles();
    await files.load();
    documentOf('web.Dockerfile').text = 'FROM c\n';
    expect(files.unsaved.map(({ file }) => file)).toEqual(['web.Dockerfile']);
    expect(await files.saveAll()).toBe(true);
    expect(saves).toMatchObject([{ file: 'web.Dockerfile', text: 'FROM c\n', revision: 'r1', replace: false }]);
    expect([files.unsaved, savedFiles]).toEqual([[], ['web.Dockerfile']]);
  });

  it('keeps what was typed meanwhile as unsaved', async () => {
    const { files, documentOf } = createFiles();
    await files.load();
    const document = documentOf('Dockerfile');
    document.text = 'FROM c\n';
    const saving = files.save(document);
    document.text = 'FROM c\nRUN d\n';
    await saving;
    expect([document.savedText, document.isUnsaved, files.saving]).toEqual(['FROM c\n', true, false]);
  });

  it.each([
    [{ code: 'file-changed', file: 'Dockerfile' }, { revision: 'unknown' }],
    [{ code: 'file-missing', file: 'Dockerfile' }, { revision: null }]
  ] as const)('that the disk got ahead of shows that in the document: %j', async (error, changedOnDisk) => {
    const { files, documentOf } = createFiles();
    await files.load();
    documentOf('Dockerfile').text = 'FROM c\n';
    saveError = error;
    expect(await files.saveAll()).toBe(false);
    expect([documentOf('Dockerfile').changedOnDisk, files.error]).toEqual([changedOnDisk, null]);
    saveError = null;
    expect(await files.save(documentOf('Dockerfile'), true)).toBe(true);
    expect(saves.at(-1)?.replace).toBe(true);
    expect(documentOf('Dockerfile').changedOnDisk).toBeNull();
  });

  it('that fails for another reason is reported, and nothing more is saved', async () => {
    const { files, documentOf } = createFiles();
    await files.load();
    for (const file of ['Dockerfile', 'web.Dockerfile']) documentOf(file).text = 'FROM c\n';
    saveError = { code: 'file-unwritable', file: 'Dockerfile', detail: 'EROFS' };
    expect(await files.saveAll()).toBe(false);
    expect([files.error, saves.length]).toEqual([saveError, 1]);
  });
});

describe('a change by another program', () => {
  it('is read where nothing is unsaved, and said', async () => {
    const { files, change, documentOf } = createFiles();
    await files.load();
    files.follow();
    change('Dockerfile', 'FROM theirs\n');
    await vi.waitFor(() => expect(reloaded).toEqual(['Dockerfile']));
    expect(documentOf('Dockerfile')).toMatchObject({
      text: 'FROM theirs\n',
      savedText: 'FROM theirs\n',
      revision: 'r9'
    });
    expect(documentOf('Dockerfile').editorState.doc.toString()).toBe('FROM theirs\n');
  });

  it('never replaces what is unsaved, also what is typed while it is read', async () => {
    const { files, change, documentOf } = createFiles();
    await files.load();
    files.follow();
    documentOf('web.Dockerfile').text = 'FROM mine\n';
    change('web.Dockerfile', 'FROM theirs\n');
    expect(documentOf('web.Dockerfile')).toMatchObject({ text: 'FROM mine\n', changedOnDisk: { revision: 'r9' } });

    const gate = createGate();
    beforeRead = () => gate.passed;
    change('Dockerfile', 'FROM theirs\n');
    documentOf('Dockerfile').text = 'FROM mine\n';
    gate.open();
    await vi.waitFor(() => expect(documentOf('Dockerfile').changedOnDisk).toEqual({ revision: 'r9' }));
    expect([documentOf('Dockerfile').text, reloaded]).toEqual(['FROM mine\n', []]);
  });

  it('that removes a file keeps its text', async () => {
    const { files, change, documentOf } = createFiles();
    await files.load();
    files.follow();
    change('Dockerfile', null);
    expect(documentOf('Dockerfile')).toMatchObject({ text: 'FROM a\n', changedOnDisk: { revision: null } });
  });

  it('of our own, of another project or after the end is none', async () => {
    const { files, change, documentOf } = createFiles();
    await files.load();
    const unfollow = files.follow();
    change('Dockerfile', 'FROM a\n', 'r1');
    change('other.txt', 'x');
    unfollow();
    change('web.Dockerfile', null);
    expect([reloaded, documentOf('web.Dockerfile').changedOnDisk]).toEqual([[], null]);
  });

  it('can be taken in place of ours', async () => {
    const { files, change, documentOf } = createFiles();
    await files.load();
    files.follow();
    documentOf('Dockerfile').text = 'FROM mine\n';
    change('Dockerfile', 'FROM theirs\n');
    await files.reload(documentOf('Dockerfile'));
    expect(documentOf('Dockerfile')).toMatchObject({ text: 'FROM theirs\n', isUnsaved: false, changedOnDisk: null });
  });
});

describe('drafts', () => {
  it('are restored as unsaved, and said once for all files', async () => {
    drafts = [
      { file: 'web.Dockerfile', text: 'FROM draft\n', revision: 'r1' },
      { file: '.dockerignore', text: 'draft\n', revision: 'r1' }
    ];
    const { files, documentOf } = createFiles();
    await files.load();
    expect(restored).toEqual(['web.Dockerfile', '.dockerignore']);
    expect(files.unsaved.map(({ file, text, changedOnDisk }) => [file, text, changedOnDisk])).toEqual([
      ['web.Dockerfile', 'FROM draft\n', null],
      ['.dockerignore', 'draft\n', null]
    ]);
    expect(await files.save(documentOf('web.Dockerfile'))).toBe(true);
    expect(saves).toMatchObject([{ text: 'FROM draft\n', revision: 'r1', replace: false }]);
    expect(drafts.map(({ file }) => file)).toEqual(['.dockerignore']);
  });

  it('of a file that changed on disk in the meantime are compared with it, not saved over it', async () => {
    drafts = [{ file: 'Dockerfile', text: 'FROM draft\n', revision: 'r0' }];
    const { files, documentOf } = createFiles();
    await files.load();
    expect(documentOf('Dockerfile')).toMatchObject({
      text: 'FROM draft\n',
      savedText: 'FROM a\n',
      changedOnDisk: { revision: 'r1' }
    });
    await files.save(documentOf('Dockerfile'));
    expect(saves).toMatchObject([{ revision: 'r0', replace: false }]);
  });

  it('that the disk already has are removed without a word', async () => {
    drafts = [{ file: 'Dockerfile', text: 'FROM a\n', revision: 'r0' }];
    const { files } = createFiles();
    await files.load();
    expect([drafts, restored, files.unsaved]).toEqual([[], [], []]);
  });

  it('of a deleted Dockerfile are open as deleted, instead of a starter', async () => {
    drafts = [{ file: 'Dockerfile', text: 'FROM draft\n', revision: 'r0' }];
    const { files, documentOf } = createFiles({ ...project, dockerfiles: [], hasDockerignore: false });
    await files.load();
    expect(files.starter).toBeNull();
    expect(documentOf('Dockerfile')).toMatchObject({ text: 'FROM draft\n', changedOnDisk: { revision: null } });
    expect(files.dockerfile?.file).toBe('Dockerfile');
  });

  it('of a starter are in it again', async () => {
    drafts = [{ file: 'Dockerfile', text: 'FROM mine\n', revision: null }];
    const { files, documentOf } = createFiles({ ...project, dockerfiles: [], hasDockerignore: false });
    await files.load();
    expect(files.starter).not.toBeNull();
    expect(documentOf('Dockerfile')).toMatchObject({ text: 'FROM mine\n', changedOnDisk: null });
    await files.writeStarter();
    expect([disk['Dockerfile']?.text, drafts]).toEqual(['FROM mine\n', []]);
  });

  it('of a file whose text is taken from the disk are removed', async () => {
    drafts = [{ file: 'Dockerfile', text: 'FROM draft\n', revision: 'r0' }];
    const { files, documentOf } = createFiles();
    await files.load();
    await files.reload(documentOf('Dockerfile'));
    expect([documentOf('Dockerfile').isUnsaved, drafts]).toEqual([false, []]);
  });
});
