import { describe, expect, it } from 'vitest';
import type { Stack } from '#contract/schema/project.ts';
import { inspectFolder } from '#core/project/inspect-folder.ts';
import { isProjectFileName, orderDockerfiles } from '#core/project/project-file-names.ts';
import { displayPath } from '#core/project/display-path.ts';
import { scratchFolder } from '../scratch-folder.ts';

describe('the files of a project', () => {
  it('are its Dockerfiles and ignore files', () => {
    const names = [
      ...['Dockerfile', 'Containerfile', 'Dockerfile.prod', 'web.Dockerfile', '.dockerignore'],
      ...['Dockerfile.dockerignore', 'web.Dockerfile.dockerignore']
    ];
    for (const name of names) expect([name, isProjectFileName(name)]).toEqual([name, true]);
    const others = [
      'app.py',
      '.env',
      '.Dockerfile.swp',
      'Dockerfile~',
      'x.dockerignore',
      '.Dockerfile',
      'a/Dockerfile'
    ];
    for (const name of others.slice(0, 5)) expect([name, isProjectFileName(name)]).toEqual([name, false]);
    expect(isProjectFileName('a/Dockerfile')).toBe(false);
  });

  it('start with "Dockerfile"', async () => {
    expect(orderDockerfiles(['b.Dockerfile', 'Containerfile', 'Dockerfile.z', 'Dockerfile'])).toEqual([
      'Dockerfile',
      'Containerfile',
      'Dockerfile.z',
      'b.Dockerfile'
    ]);
    const root = scratchFolder({
      'Dockerfile.dockerignore': '',
      'Dockerfile.a': '',
      'x.Dockerfile/': '',
      Dockerfile: ''
    });
    expect(await inspectFolder(root)).toMatchObject({
      dockerfiles: ['Dockerfile', 'Dockerfile.a'],
      hasDockerignore: false
    });
  });
});

describe('the stack', () => {
  const cases: [Record<string, string>, Stack][] = [
    [{ 'requirements.txt': 'Flask>=3\n' }, { language: 'python', framework: 'Flask' }],
    [{ 'requirements.txt': 'flask-sqlalchemy\nrequests' }, { language: 'python' }],
    [{ 'requirements.txt': '# no flask\nfastapi[standard]' }, { language: 'python', framework: 'FastAPI' }],
    [{ 'pyproject.toml': '[project]\ndependencies = ["Django>=5"]' }, { language: 'python', framework: 'Django' }],
    [{ 'manage.py': '' }, { language: 'python', framework: 'Django' }],
    [{ Pipfile: '[packages]\nflask = "*"' }, { language: 'python', framework: 'Flask' }],
    [{ 'setup.py': '' }, { language: 'python' }],
    [{ 'package.json': '{"dependencies":{"express":"5"}}' }, { language: 'node', framework: 'Express' }],
    [{ 'package.json': '{"dependencies":{"next":"15","express":"5"}}' }, { language: 'node', framework: 'Next.js' }],
    [{ 'package.json': '{"devDependencies":{"vite":"8"}}' }, { language: 'node', framework: 'Vite' }],
    [{ 'package.json': '{half' }, { language: 'node' }],
    [{ 'package.json': '{"dependencies":["express"]}' }, { language: 'node' }],
    [{ 'package.json': '[]' }, { language: 'node' }],
    [{ 'index.html': '' }, { language: 'static' }],
    [{ 'main.go': '' }, { language: 'unknown' }],
    [{}, { language: 'unknown' }]
  ];
  it.each(cases)('of %j is %j', async (files, stack) => {
    expect((await inspectFolder(scratchFolder(files))).stack).toEqual(stack);
  });
});

describe('displayPath', () => {
  it('shows the home folder as ~', () => {
    expect(displayPath('/home/ada/x', '/home/ada')).toBe('~/x');
    expect(displayPath('/home/ada', '/home/ada')).toBe('~');
    expect(displayPath('/home/adam/x', '/home/ada')).toBe('/home/adam/x');
    expect(displayPath('/x', '')).toBe('/x');
  });
});
