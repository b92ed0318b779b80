import { applyJobEvent, emptyJobSnapshots } from '#contract/jobs/job-reducers.ts';
import type { BuildEvent } from '#contract/schema/build.ts';
import type { JobEnd, JobEvent, JobInfo, JobSnapshot } from '#contract/schema/job.ts';
import type { PushEvent, PushLayer } from '#contract/schema/push.ts';
import type { TransferEvent } from '#contract/schema/transfer.ts';
import type { Broadcast } from './broadcast.ts';
import { createSteps, imageDetail } from './fake-data.ts';
import type { Scene } from './scene.ts';

const beatMs = 350;

/** Jobs that play a fixed piece, one event a beat. */
export class FakeJobs {
  readonly #scene: Scene;
  readonly #broadcast: Broadcast;
  readonly #jobs = new Map<string, JobSnapshot>();

  constructor(scene: Scene, broadcast: Broadcast) {
    this.#scene = scene;
    this.#broadcast = broadcast;
  }

  startBuild(projectId: string, tag: string): string {
    const events = buildEvents(tag);
    const end: JobEnd = this.#scene.isFailing('build')
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
      : { kind: 'finished', build: { recordId: 'b0', imageId: imageDetail.id, tag, durationMs: 41_200 } };
    const played = this.#scene.isFailing('build') ? events.slice(0, 8) : events;
    return this.#play(
      'build',
      projectId,
      played.map((build): JobEvent['event'] => ({ kind: 'build', build })),
      end
    );
  }

  startPush(projectId: string | null, reference: string): string {
    const end: JobEnd = this.#scene.isFailing('push')
      ? { kind: 'failed', error: { code: 'registry-wrong-password', host: 'docker.io', needsToken: true } }
      : {
          kind: 'finished',
          push: {
            reference,
            digest: `sha256:${'ab'.repeat(32)}`,
            nothingSent: false,
            url: 'https://hub.docker.com/r/wisnuanggoro/simple-flask-web',
            durationMs: 12_400
          }
        };
    const events = pushEvents(reference);
    return this.#play(
      'push',
      projectId,
      events.map((push): JobEvent['event'] => ({ kind: 'push', push })),
      end
    );
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
      read.map((analysis): JobEvent['event'] => ({ kind: 'analysis', analysis })),
      this.#scene.isFailing('analysis')
        ? { kind: 'failed', error: { code: 'worker-died' } }
        : { kind: 'finished', analysis: { analysisId: 'fake-analysis' } }
    );
  }

  startComparison(imageCount: number): string {
    const read = Array.from({ length: imageCount }, (_, image): JobEvent['event'] => ({
      kind: 'comparison',
      comparison: { image, progress: { phase: 'reading', readBytes: 80_000_000, totalBytes: null } }
    }));
    const end: JobEnd = this.#scene.isFailing('comparison')
      ? { kind: 'failed', error: { code: 'image-not-found', reference: 'shop-api:1.8.2' } }
      : { kind: 'finished', comparison: { comparisonId: 'fake-comparison' } };
    return this.#play('comparison', null, read, end);
  }

  startSave(images: string[]): string {
    const end: JobEnd = { kind: 'finished', transfer: { kind: 'saved', file: 'images.tar', sizeBytes: 419_000_000 } };
    return this.#play('transfer', null, transferEvents('save', images, null), end);
  }

  startLoad(): string {
    const images = ['postgres:16'];
    const end: JobEnd = { kind: 'finished', transfer: { kind: 'loaded', file: 'images.tar', images } };
    return this.#play('transfer', null, transferEvents('load', [], 419_000_000), end);
  }

  list(): JobInfo[] {
    return [...this.#jobs.values()].map((job) => job.info);
  }

  attach(jobId: string): JobSnapshot {
    const job = this.#jobs.get(jobId);
    if (!job) throw new Error(`no job ${jobId}`);
    return structuredClone(job);
  }

  cancel(jobId: string): void {
    const job = this.#jobs.get(jobId);
    if (job?.end === null) this.#emit(job, { kind: 'end', end: { kind: 'cancelled' } });
  }

  #play(kind: JobInfo['kind'], projectId: string | null, events: JobEvent['event'][], end: JobEnd): string {
    const jobId = `job-${this.#jobs.size + 1}`;
    const job: JobSnapshot = {
      info: { jobId, kind, projectId, startedAt: Date.now(), ended: false },
      seq: 0,
      ...emptyJobSnapshots(kind),
      end: null
    };
    this.#jobs.set(jobId, job);
    this.#broadcast('job.started', job.info);
    const isHeld = this.#scene.isHeld(kind);
    const half = Math.ceil(events.length / 2);
    const queue: JobEvent['event'][] = isHeld ? events.slice(0, half) : [...events, { kind: 'end', end }];
    const timer = setInterval(
      () => {
        const next = queue.shift();
        if (next && job.end === null) this.#emit(job, next);
        else clearInterval(timer);
      },
      this.#scene.instant ? 0 : beatMs
    );
    return jobId;
  }

  #emit(job: JobSnapshot, event: JobEvent['event']): void {
    job.seq += 1;
    if (event.kind === 'end') {
      job.end = event.end;
      job.info = { ...job.info, ended: true };
    } else applyJobEvent(job, event);
    this.#broadcast('job.events', { jobId: job.info.jobId, events: [{ seq: job.seq, event }] });
  }
}

function buildEvents(tag: string): BuildEvent[] {
  const steps = createSteps(Date.now());
  return [
    { kind: 'started', builder: 'buildkit', dockerfile: 'Dockerfile', tag },
    { kind: 'context', sentBytes: 1900, totalBytes: 1900 },
    ...steps.flatMap((step): BuildEvent[] => [
      { kind: 'step', step: { ...step, status: 'running', completedAt: null } },
      { kind: 'log', stepId: step.id, text: `\u001b[32m${step.name}\u001b[0m\nReading package lists...\nDone\n` },
      { kind: 'step', step }
    ]),
    { kind: 'image', imageId: imageDetail.id }
  ];
}

function transferEvents(direction: 'save' | 'load', images: string[], totalBytes: number | null): JobEvent['event'][] {
  const file = 'images.tar';
  const started: TransferEvent = { kind: 'started', direction, images, file };
  const steps = [0.1, 0.3, 0.45, 0.7, 0.9, 1, 1, 1].map((share): TransferEvent => ({
    kind: 'progress',
    doneBytes: 419_000_000 * share,
    totalBytes
  }));
  return [started, ...steps].map((transfer) => ({ kind: 'transfer', transfer }));
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
