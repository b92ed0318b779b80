import { identifyEngine } from '#contract/domain/identify-engine.ts';
import type { BuildRecord, BuildStep } from '#contract/schema/build.ts';
import type { Account } from '#contract/schema/credential.ts';
import type { EngineCandidate, EngineInfo, EngineState } from '#contract/schema/engine.ts';
import type { HistoryRow, ImageDetail } from '#contract/schema/image.ts';
import type { Project, RecentProject } from '#contract/schema/project.ts';
import type { Scene } from './scene.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.now();

export const dockerfileText = `# Setup Ubuntu
FROM ubuntu

# Update Ubuntu Source Repositories
RUN apt-get update

# Install Python3 and Python3-Pip
RUN apt-get install -y python3 python3-pip

# Install Python Dependencies
COPY requirements.txt /tmp/requirements.txt
RUN python3 -m pip install -r /tmp/requirements.txt

# Run the web server
COPY app.py /opt/app.py
ENTRYPOINT FLASK_APP=/opt/app.py flask run --host=0.0.0.0
`;

export const project: Project = {
  id: 'p0000001',
  name: 'simple-flask-web',
  displayPath: '~/code/simple-flask-web',
  stack: { language: 'python', framework: 'Flask' },
  dockerfiles: ['Dockerfile'],
  hasDockerignore: true
};

export const recentProjects: RecentProject[] = [
  {
    id: project.id,
    name: project.name,
    displayPath: project.displayPath,
    stack: project.stack,
    openedAt: now - 4 * minute,
    missing: false,
    lastBuild: { at: now - 8 * minute, sizeBytes: 234_100_000, deltaBytes: -184_000_000 },
    lastFailureAt: null,
    lastPushAt: now - 4 * minute
  },
  {
    id: 'p0000002',
    name: 'shop-api',
    displayPath: '~/work/shop/api',
    stack: { language: 'node', framework: 'Nest' },
    openedAt: now - day,
    missing: false,
    lastBuild: { at: now - day, sizeBytes: 412_000_000, deltaBytes: 3_000_000 },
    lastFailureAt: now - day + minute,
    lastPushAt: null
  },
  {
    id: 'p0000003',
    name: 'site',
    displayPath: '~/code/site',
    stack: { language: 'static' },
    openedAt: now - 3 * day,
    missing: false,
    lastBuild: null,
    lastFailureAt: null,
    lastPushAt: null
  },
  {
    id: 'p0000004',
    name: 'a-project-with-a-name-that-is-longer-than-most',
    displayPath: '/mnt/backup/2024/archive/customers/north/a-project-with-a-name-that-is-longer-than-most',
    stack: { language: 'unknown' },
    openedAt: now - 40 * day,
    missing: true,
    lastBuild: { at: now - 40 * day, sizeBytes: 1_190_000_000, deltaBytes: 0 },
    lastFailureAt: null,
    lastPushAt: null
  }
];

export const candidates: [EngineCandidate, EngineCandidate, EngineCandidate] = [
  { id: 'context:default', name: 'default', source: 'context', address: 'unix:///var/run/docker.sock' },
  { id: 'rootless', name: 'Rootless Docker', source: 'rootless', address: 'unix:///run/user/1000/docker.sock' },
  { id: 'podman', name: 'Podman', source: 'podman', address: 'unix:///run/user/1000/podman/podman.sock' }
];

const docker: EngineInfo = {
  candidate: candidates[0],
  product: 'Docker',
  version: '28.2.2',
  apiVersion: '1.50',
  buildkit: true,
  operatingSystem: 'Debian GNU/Linux 13 (trixie)',
  platform: 'linux/amd64',
  store: 'overlay2'
};

export const dockerIdentity = identifyEngine(docker);

const podman: EngineInfo = {
  ...docker,
  candidate: candidates[2],
  product: 'Podman',
  version: '5.4.2',
  buildkit: false,
  store: 'overlay'
};

export const engineStates: Record<Scene['engine'], EngineState> = {
  connected: { kind: 'connected', info: docker },
  podman: { kind: 'connected', info: podman },
  lost: { kind: 'lost', info: docker, sinceMs: 4000 },
  searching: { kind: 'searching' },
  starting: { kind: 'starting', program: 'dockerd' },
  none: {
    kind: 'none',
    canStart: ['dockerd', 'podman'],
    tried: [
      {
        candidate: candidates[0],
        error: { code: 'engine-permission', engine: 'default', socketPath: '/var/run/docker.sock' }
      },
      {
        candidate: candidates[1],
        error: {
          code: 'engine-unreachable',
          engine: 'Rootless Docker',
          detail: 'connect ECONNREFUSED /run/user/1000/docker.sock'
        }
      }
    ]
  }
};

export const accounts: Account[] = [
  { id: 'a1', registry: 'docker.io', username: 'wisnuanggoro', home: 'keychain', helper: null, plaintext: false },
  { id: 'a2', registry: 'ghcr.io', username: 'wisnu', home: 'docker-config', helper: null, plaintext: true },
  {
    id: 'a3',
    registry: '127.0.0.1:5000',
    username: null,
    home: 'docker-helper',
    helper: 'secretservice',
    plaintext: false
  },
  { id: 'a4', registry: 'quay.io', username: 'ada+robot', home: 'session', helper: null, plaintext: false }
];

function row(
  instruction: string,
  origin: HistoryRow['origin'],
  sizeBytes: number,
  layerIndex: number | null,
  line: number | null
): HistoryRow {
  const diffId = layerIndex === null ? null : `sha256:${String(layerIndex).repeat(64)}`;
  return {
    createdBy: `${instruction} # buildkit`,
    instruction,
    origin,
    sizeBytes,
    createdAt: now - 9 * minute,
    layerIndex,
    diffId,
    line,
    evidence: line === null ? null : 'exact',
    copiedFrom: null
  };
}

export const imageDetail: ImageDetail = {
  id: `sha256:${'c5a1e07d9b42'.repeat(5)}c5a1`,
  tags: ['wisnuanggoro/simple-flask-web:latest'],
  repoDigests: [],
  sizeBytes: 418_400_325,
  createdAt: now - 9 * minute,
  platform: 'linux/amd64',
  layerCount: 6,
  joinExact: true,
  baseName: 'ubuntu',
  baseLine: 2,
  history: [
    row('ADD file:0ac5 in /', 'base', 72_900_000, 0, 2),
    row('CMD ["/bin/bash"]', 'base', 0, null, 2),
    row('RUN apt-get update', 'run', 27_100_000, 1, 5),
    row('RUN apt-get install -y python3 python3-pip', 'run', 314_000_000, 2, 8),
    row('COPY requirements.txt /tmp/requirements.txt', 'copy', 5, 3, 11),
    row('RUN python3 -m pip install -r /tmp/requirements.txt', 'run', 4_400_000, 4, 12),
    row('COPY app.py /opt/app.py', 'copy', 325, 5, 15),
    row('ENTRYPOINT FLASK_APP=/opt/app.py flask run --host=0.0.0.0', 'other', 0, null, 16)
  ]
};

const stepLines: [string, number, number, BuildStep['status']][] = [
  ['FROM ubuntu', 2, 30, 'cached'],
  ['RUN apt-get update', 5, 6800, 'done'],
  ['RUN apt-get install -y python3 python3-pip', 8, 29_600, 'done'],
  ['COPY requirements.txt /tmp/requirements.txt', 11, 90, 'done'],
  ['RUN python3 -m pip install -r /tmp/requirements.txt', 12, 4100, 'done'],
  ['COPY app.py /opt/app.py', 15, 60, 'done']
];

/** The steps of a build started at `startedAt`, one after the other. */
export function createSteps(startedAt: number): BuildStep[] {
  let at = startedAt;
  return stepLines.map(([name, line, durationMs, status], index) => {
    const stepStartedAt = at;
    at += durationMs;
    return {
      id: `s${index}`,
      name,
      instruction: true,
      stage: null,
      line,
      status,
      startedAt: stepStartedAt,
      completedAt: at,
      error: null,
      progress: null
    };
  });
}

function record(index: number, change: Partial<BuildRecord>): BuildRecord {
  const startedAt = now - index * index * 37 * minute - 9 * minute;
  return {
    id: `b${index}`,
    projectId: project.id,
    dockerfile: 'Dockerfile',
    dockerfileText,
    dockerfileHash: 'f'.repeat(64),
    options: {
      tag: 'docker.io/wisnuanggoro/simple-flask-web:latest',
      buildArgs: {},
      target: null,
      noCache: false,
      pull: false
    },
    hiddenBuildArgs: [],
    engine: 'Docker 28.2.2',
    builtOn: dockerIdentity,
    startedAt,
    durationMs: 41_200 + index * 913,
    outcome: 'finished',
    error: null,
    steps: createSteps(startedAt),
    findings: [],
    imageId: imageDetail.id,
    sizeBytes: 418_400_325,
    pushed: null,
    ...change
  };
}

export const buildRecords: BuildRecord[] = [
  record(0, { sizeBytes: 234_100_000 }),
  record(1, {}),
  record(2, {
    outcome: 'failed',
    error: { code: 'build-step-failed', instruction: 'RUN pip install flask', line: 5, exitCode: 1, lastLines: [] },
    imageId: null,
    sizeBytes: null,
    durationMs: 8_400
  }),
  record(3, {
    options: {
      tag: 'docker.io/wisnuanggoro/simple-flask-web:build-12',
      buildArgs: { A: '1', NPM_TOKEN: '' },
      target: 'runtime',
      noCache: true,
      pull: true
    },
    hiddenBuildArgs: ['NPM_TOKEN']
  }),
  record(6, { outcome: 'cancelled', imageId: null, sizeBytes: null, durationMs: 185_000 }),
  record(9, {
    projectId: 'p0000002',
    options: { tag: 'shop-api:1.8.2', buildArgs: {}, target: null, noCache: false, pull: true }
  })
];
