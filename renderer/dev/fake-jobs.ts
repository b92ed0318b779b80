import type { JobKind, JobTypes } from '#contract/jobs/job-kinds.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { BuildEvent } from '#contract/schema/build.ts';
import type { AnyJobEvents, AnyJobSnapshot, JobEnd, JobEvent, JobInfo, JobSnapshot } from '#contract/schema/job.ts';
import type { PushEvent, PushLayer } from '#contract/schema/push.ts';
import type { TransferEvent } from '#contract/schema/transfer.ts';
import type { Broadcast } from './broadcast.ts';
import { createSteps, dockerIdentity, imageDetail } from './fake-data.ts';
import type { Scene } from './scene.ts';

const beatMs = 350;

/** Jobs that play fixed events at regular intervals. */
export class FakeJobs {
  readonly #scene: Scene;
  readonly #broadcast: Broadcast;
  readonly #jobs = new Map<string, { snapshot: AnyJobSnapshot; cancel: () => void }>();

  constructor(scene: Scene, broadcast: Broadcast) {
    this.#scene = scene;
    this.#broadcast = broadcast;
  }

  startBuild(projectId: string, tag: string): string {
    const events = buildEvents(tag);
    const end: JobEnd<'build'> = this.#scene.isFailing('build')
      ? {
          kind: 'failed',
          error: {
            code: 'build-step-failed',
            instruction: 'RUN apt-get install -y python3 python3-pip',
            line: 8,
            exitCode: 100,
            lastLines: ['Reading package lists...', 'E: Unable to locate package python3-pip']
          }
        }
      : { kind: 'finished', result: { recordId: 'b0', imageId: imageDetail.id, tag, durationMs: 41_200 } };
    const played = this.#scene.isFailing('build') ? events.slice(0, 8) : events;
    return this.#play('build', projectId, played, end);
  }

  startPush(projectId: string | null, reference: string): string {
    const end: JobEnd<'push'> = this.#scene.isFailing('push')
      ? { kind: 'failed', error: { code: 'registry-wrong-password', host: 'docker.io', needsToken: true } }
      : {
          kind: 'finished',
          result: {
            reference,
            digest: `sha256:${'ab'.repeat(32)}`,
            nothingSent: false,
            url: 'https://hub.docker.com/r/wisnuanggoro/simple-flask-web',
            durationMs: 12_400
          }
        };
    return this.#play('push', projectId, pushEvents(reference), end);
  }

  startAnalysis(projectId: string | null): string {
    const read = [0, 80, 200, 340, 418].map((megabytes) => ({
      phase: megabytes === 0 ? ('waiting' as const) : ('reading' as const),
      readBytes: megabytes * 1_000_000,
      totalBytes: null
    }));
    return this.#play(
      'analysis',
      projectId,
      read,
      this.#scene.isFailing('analysis')
        ? { kind: 'failed', error: { code: 'worker-died' } }
        : { kind: 'finished', result: { analysisId: 'fake-analysis' } }
    );
  }

  startComparison(imageCount: number): string {
    const read = Array.from({ length: imageCount }, (_, image): JobTypes['comparison']['event'] => ({
      image,
      progress: { phase: 'reading', readBytes: 80_000_000, totalBytes: null }
    }));
    const end: JobEnd<'comparison'> = this.#scene.isFailing('comparison')
      ? { kind: 'failed', error: { code: 'image-not-found', reference: 'shop-api:1.8.2' } }
      : { kind: 'finished', result: { comparisonId: 'fake-comparison' } };
    return this.#play('comparison', null, read, end);
  }

  startSave(images: string[]): string {
    const end: JobEnd<'transfer'> = {
      kind: 'finished',
      result: { kind: 'saved', file: 'images.tar', sizeBytes: 419_000_000 }
    };
    return this.#play('transfer', null, transferEvents('save', images, null), end);
  }

  startLoad(): string {
    const images = ['postgres:16'];
    const end: JobEnd<'transfer'> = { kind: 'finished', result: { kind: 'loaded', file: 'images.tar', images } };
    return this.#play('transfer', null, transferEvents('load', [], 419_000_000), end);
  }

  list(): JobInfo[] {
    return [...this.#jobs.values()].map(({ snapshot }) => snapshot);
  }

  attach(jobId: string): AnyJobSnapshot {
    const job = this.#jobs.get(jobId);
    if (!job) throw new Error(`no job ${jobId}`);
    return structuredClone(job.snapshot);
  }

  cancel(jobId: string): void {
    this.#jobs.get(jobId)?.cancel();
  }

  #play<K extends JobKind>(
    kind: K,
    projectId: string | null,
    events: readonly JobTypes[K]['event'][],
    end: JobEnd<K>
  ): string {
    const jobId = `job-${this.#jobs.size + 1}`;
    const info: JobInfo = { jobId, kind, projectId, startedAt: Date.now(), ended: false };
    const state = jobReducers[kind].empty();
    const job: JobSnapshot<K> = { ...info, kind, seq: 0, state, end: null };
    const finish = (how: JobEnd<K>): void => {
      clearInterval(timer);
      if (job.ended) return;
      job.end = how;
      job.ended = true;
      this.#emit(job, { seq: ++job.seq, end: how });
    };
    const isHeld = this.#scene.isHeld(kind);
    const queue = isHeld ? events.slice(0, Math.ceil(events.length / 2)) : [...events];
    const timer = setInterval(
      () => {
        const event = queue.shift();
        if (event !== undefined) {
          jobReducers[kind].reduce(job.state, event);
          this.#emit(job, { seq: ++job.seq, event });
        } else if (isHeld) clearInterval(timer);
        else finish(end);
      },
      this.#scene.instant ? 0 : beatMs
    );
    this.#jobs.set(jobId, { snapshot: job as AnyJobSnapshot, cancel: () => finish({ kind: 'cancelled' }) });
    this.#broadcast('job.started', info);
    return jobId;
  }

  #emit<K extends JobKind>({ jobId, kind }: JobSnapshot<K>, event: JobEvent<K>): void {
    this.#broadcast('job.events', { jobId, kind, events: [event] } as unknown as AnyJobEvents);
  }
}

function buildEvents(tag: string): BuildEvent[] {
  const steps = createSteps(Date.now());
  return [
    { kind: 'started', engine: dockerIdentity, builder: 'buildkit', dockerfile: 'Dockerfile', tag },
    { kind: 'context', sentBytes: 1900, totalBytes: 1900 },
    ...steps.flatMap((step): BuildEvent[] => [
      { kind: 'step', step: { ...step, status: 'running', completedAt: null } },
      { kind: 'log', stepId: step.id, text: `\u001b[32m${step.name}\u001b[0m\nReading package lists...\nDone\n` },
      { kind: 'step', step }
    ]),
    { kind: 'image', imageId: imageDetail.id }
  ];
}

function transferEvents(direction: 'save' | 'load', images: string[], totalBytes: number | null): TransferEvent[] {
  const file = 'images.tar';
  const started: TransferEvent = { kind: 'started', direction, images, file };
  const steps = [0.1, 0.3, 0.45, 0.7, 0.9, 1, 1, 1].map((share): TransferEvent => ({
    kind: 'progress',
    doneBytes: 419_000_000 * share,
    totalBytes
  }));
  return [started, ...steps];
}

function pushEvents(reference: string): PushEvent[] {
  const sizes = [72_900_000, 27_100_000, 314_000_000, 5, 4_400_000, 325];
  const layer = (index: number, change: Partial<PushLayer>): PushEvent => ({
    kind: 'layer',
    layer: {
      id: `c5a1e07d9b4${index}`,
      state: 'waiting',
      sentBytes: 0,
      totalBytes: sizes[index] ?? 0,
      label: createSteps(0)[index]?.name ?? null,
      ...change
    }
  });
  return [
    { kind: 'started', reference, host: 'docker.io', username: 'wisnuanggoro', sizes: 'uncompressed' },
    ...sizes.map((_, index) => layer(index, {})),
    layer(0, { state: 'exists' }),
    layer(1, { state: 'exists' }),
    ...[0.1, 0.25, 0.4, 0.6, 0.8].map((share) => layer(2, { state: 'pushing', sentBytes: 314_000_000 * share })),
    ...[3, 4, 5].map((index) => layer(index, { state: 'pushed', sentBytes: sizes[index] ?? 0 })),
    layer(2, { state: 'pushed', sentBytes: 314_000_000 })
  ];
}
