import type { StarterFacts } from './starter-facts.ts';

/** A Dockerfile for a Python project: Flask, Django, FastAPI, Streamlit, or a plain program. */
export function pythonDockerfile(facts: StarterFacts): string {
  const start = startOf(facts);
  const comments = start.port === undefined ? [] : [`# Port the application listens on`];
  return [
    '# Base image: Python on a small Debian. The tag is pinned to keep builds reproducible.',
    'FROM python:3.13-slim',
    '',
    '# Write no .pyc files, and do not buffer output.',
    'ENV PYTHONDONTWRITEBYTECODE=1 \\',
    '    PYTHONUNBUFFERED=1',
    '',
    '# Working directory',
    'WORKDIR /app',
    '',
    ...installLines(facts, start.packages),
    '',
    '# Run as a non-root user.',
    'RUN useradd --create-home --uid 10001 app',
    'USER app',
    '',
    ...comments,
    ...(start.port === undefined ? [] : [`EXPOSE ${start.port}`, '']),
    `# ${start.comment}`,
    `CMD ${JSON.stringify(start.command).replaceAll('","', '", "')}`,
    ''
  ].join('\n');
}

function installLines({ names }: StarterFacts, packages: string[]): string[] {
  const pip = 'RUN pip install --no-cache-dir';
  const extra = packages.length === 0 ? [] : [`${pip} ${packages.join(' ')}`];
  const copyAll = ['# Copy the application.', 'COPY . .'];
  if (names.has('requirements.txt')) {
    return [
      '# Copy the manifest first so dependencies stay cached.',
      'COPY requirements.txt .',
      `${pip} -r requirements.txt`,
      ...extra,
      '',
      ...copyAll
    ];
  }
  if (names.has('Pipfile')) {
    const files = names.has('Pipfile.lock') ? 'Pipfile Pipfile.lock' : 'Pipfile';
    const flags = names.has('Pipfile.lock') ? '--system --deploy' : '--system --skip-lock';
    return [
      '# Copy the manifest first so dependencies stay cached.',
      `COPY ${files} ./`,
      `${pip} pipenv && pipenv install ${flags}`,
      ...extra,
      '',
      ...copyAll
    ];
  }
  if (names.has('pyproject.toml') || names.has('setup.py')) {
    return ['# Install the project together with its dependencies.', 'COPY . .', `${pip} .`, ...extra];
  }
  return [...extra, ...(extra.length > 0 ? [''] : []), ...copyAll];
}

interface Start {
  comment: string;
  command: string[];
  port: number | undefined;
  /** Packages that the command needs and the project does not list. */
  packages: string[];
}

function startOf(facts: StarterFacts): Start {
  const module = (['app', 'main', 'wsgi', 'server'] as const).find((name) => facts.names.has(`${name}.py`));
  const server = (name: 'gunicorn' | 'uvicorn'): string[] => (facts.pythonServer === name ? [] : [name]);
  switch (facts.stack.framework) {
    case 'Django': {
      const project = facts.djangoPackage;
      if (project === undefined) {
        const command = ['python', 'manage.py', 'runserver', '0.0.0.0:8000'];
        return {
          comment: "Django's development server. Use gunicorn in production.",
          command,
          port: 8000,
          packages: []
        };
      }
      const command = ['gunicorn', '--bind', '0.0.0.0:8000', `${project}.wsgi`];
      return { comment: 'Serve the project with gunicorn.', command, port: 8000, packages: server('gunicorn') };
    }
    case 'Flask': {
      const command = ['gunicorn', '--bind', '0.0.0.0:8000', `${module ?? 'app'}:app`];
      const comment = `Serve "app" from ${module ?? 'app'}.py with gunicorn.`;
      return { comment, command, port: 8000, packages: server('gunicorn') };
    }
    case 'FastAPI': {
      const target = `${module ?? 'main'}:app`;
      const command = ['uvicorn', target, '--host', '0.0.0.0', '--port', '8000'];
      const comment = `Serve "app" from ${module ?? 'main'}.py with uvicorn.`;
      return { comment, command, port: 8000, packages: server('uvicorn') };
    }
    case 'Streamlit': {
      const command = ['streamlit', 'run', `${module ?? 'app'}.py`, '--server.address=0.0.0.0'];
      return { comment: 'Serve the page.', command, port: 8501, packages: [] };
    }
    case undefined:
    default:
      return {
        comment: 'Command to run at startup. Change it if your program starts from another file.',
        command: ['python', `${module ?? 'main'}.py`],
        port: undefined,
        packages: []
      };
  }
}
