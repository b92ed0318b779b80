import type { JobRunner } from '#core/job/job-runner.ts';
import type { HandlersOf } from './handler-types.ts';

export function jobHandlers(jobs: JobRunner): HandlersOf<'job'> {
  return {
    'job.list': () => Promise.resolve(jobs.list()),
    'job.attach': async ({ jobId }) => Promise.resolve(jobs.attach(jobId)),
    'job.cancel': async ({ jobId }) => {
      jobs.cancel(jobId);
      return Promise.resolve({});
    }
  };
}
