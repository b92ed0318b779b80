import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { suggestStarter } from '#core/project/starter/suggest-starter.ts';
import { writeStarter } from '#core/project/write-starter.ts';
import { fillFolder, scratchFolder } from '../scratch-folder.ts';

async function dockerfileOf(files: Record<string, string>): Promise<string> {
  const { files: proposed } = await suggestStarter(scratchFolder(files));
  return proposed.find(({ file }) => file === 'Dockerfile')?.text ?? '';
}

const projects: Record<string, Record<string, string>> = {
  flask: { 'requirements.txt': 'flask', 'app.py': '' },
  django: { 'requirements.txt': 'django\ngunicorn', 'manage.py': '', 'shop/wsgi.py': '' },
  fastapi: { 'pyproject.toml': 'dependencies = ["fastapi"]', 'main.py': '' },
  pipenv: { Pipfile: '', 'Pipfile.lock': '{}' },
  python: { 'setup.py': '' },
  npm: { 'package.json': '{"scripts":{"start":"node ."}}', 'package-lock.json': '{}' },
  unlocked: { 'package.json': '{"main":"serve.js"}' },
  yarn: { 'package.json': '{"scripts":{"start":"x","build":"y"}}', 'yarn.lock': '' },
  pnpm: { 'package.json': '{"scripts":{"start":"x"}}', 'pnpm-lock.yaml': '' },
  vite: { 'package.json': '{"scripts":{"build":"vite build"},"devDependencies":{"vite":"8"}}' },
  static: { 'index.html': '' },
  unknown: { 'main.go': '' }
};

describe('every starter', () => {
  it.each(Object.entries(projects))('for %s is a valid modern Dockerfile', async (_name, files) => {
    const text = await dockerfileOf(files);
    const { instructions, stages } = parseDockerfile(text);
    const keywords = instructions.map(({ keyword }) => keyword);
    expect(keywords[0]).toBe('FROM');
    for (const { base } of stages) expect(base).toMatch(/:[\w.-]*\d/);
    // It runs as a non-root user: set explicitly, or by a base whose name says so.
    expect(keywords.includes('USER') || text.includes('nginx-unprivileged')).toBe(true);
    expect(text).not.toMatch(/^RUN .*apt-get(?!.*rm -rf)/m);
    expect(text.match(/^# /gm)?.length).toBeGreaterThanOrEqual(3);
    expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
    expect(text).not.toContain('undefined');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('a starter', () => {
  it('copies the list of dependencies before the application', async () => {
    for (const name of ['flask', 'npm', 'yarn', 'pnpm', 'pipenv']) {
      const text = await dockerfileOf(projects[name] ?? {});
      expect(text.search(/^COPY (requirements|package|Pipfile)/m)).toBeLessThan(text.search(/^COPY \. \.$/m));
    }
  });

  it('starts the detected application', async () => {
    expect(await dockerfileOf(projects['flask'] ?? {})).toContain(
      'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]'
    );
    const django = await dockerfileOf(projects['django'] ?? {});
    expect(django).toContain('"shop.wsgi"');
    expect(django).not.toContain('pip install --no-cache-dir gunicorn');
    expect(await dockerfileOf(projects['fastapi'] ?? {})).toContain('"main:app", "--host", "0.0.0.0"');
    expect(await dockerfileOf(projects['npm'] ?? {})).toMatch(/RUN npm ci --omit=dev[^]*CMD \["npm", "start"\]/);
    expect(await dockerfileOf(projects['unlocked'] ?? {})).toMatch(/RUN npm install[^]*CMD \["node", "serve.js"\]/);
    expect(await dockerfileOf(projects['vite'] ?? {})).toContain('COPY --from=build /app/dist');
  });

  it('never inserts text of the project unquoted', async () => {
    const text = await dockerfileOf({ 'package.json': '{"main":"a\\"]\\nRUN evil"}', 'bad name/wsgi.py': '' });
    expect(text).not.toMatch(/^RUN evil/m);
    expect(await dockerfileOf({ 'manage.py': '', 'bad name/wsgi.py': '' })).not.toContain('bad name');
  });

  it('proposes only files that do not exist', async () => {
    const root = scratchFolder({ '.dockerignore': 'mine', 'index.html': '' });
    expect((await suggestStarter(root)).files.map(({ file }) => file)).toEqual(['Dockerfile']);
    expect(readdirSync(root).sort()).toEqual(['.dockerignore', 'index.html']);
  });
});

describe('writeStarter', () => {
  it('writes all files or none, and replaces nothing', async () => {
    const root = scratchFolder();
    const files = [
      { file: 'Dockerfile', text: 'FROM a\n' },
      { file: '.dockerignore', text: '.git\n' }
    ];
    await writeStarter(root, files);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM a\n');
    const other = scratchFolder({ '.dockerignore': 'mine' });
    await expect(writeStarter(other, files)).rejects.toMatchObject({
      data: { code: 'file-exists', file: '.dockerignore' }
    });
    expect(readdirSync(other)).toEqual(['.dockerignore']);
    const twice = scratchFolder();
    await expect(
      writeStarter(
        twice,
        [files[0], files[0]].flatMap((file) => file ?? [])
      )
    ).rejects.toMatchObject({
      data: { code: 'file-exists' }
    });
    expect(readdirSync(twice)).toEqual([]);
  });

  it('rejects other names, and a dangling link', async () => {
    const root = scratchFolder();
    const outside = scratchFolder();
    for (const file of ['../Dockerfile', 'app.py', 'sub/Dockerfile', '/etc/Dockerfile']) {
      await expect(writeStarter(root, [{ file, text: '' }])).rejects.toMatchObject({
        data: { code: 'file-unwritable' }
      });
    }
    symlinkSync(join(outside, 'x'), join(root, 'Dockerfile'));
    await expect(writeStarter(root, [{ file: 'Dockerfile', text: '' }])).rejects.toMatchObject({
      data: { code: 'file-exists' }
    });
    fillFolder(root, {});
    expect(readdirSync(outside)).toEqual([]);
  });
});
