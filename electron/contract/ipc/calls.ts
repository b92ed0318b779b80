import type { z } from 'zod';
import { analysisCalls } from './calls/analysis-calls.ts';
import { appCalls } from './calls/app-calls.ts';
import { archiveCalls } from './calls/archive-calls.ts';
import { buildCalls } from './calls/build-calls.ts';
import { comparisonCalls } from './calls/comparison-calls.ts';
import { credentialCalls } from './calls/credential-calls.ts';
import { draftCalls } from './calls/draft-calls.ts';
import { engineCalls } from './calls/engine-calls.ts';
import { fileCalls } from './calls/file-calls.ts';
import { imageCalls } from './calls/image-calls.ts';
import { jobCalls } from './calls/job-calls.ts';
import { menuCalls } from './calls/menu-calls.ts';
import { projectCalls } from './calls/project-calls.ts';
import { pushCalls } from './calls/push-calls.ts';
import { registryCalls } from './calls/registry-calls.ts';
import { settingsCalls } from './calls/settings-calls.ts';

/**
 * Every call that the page can make to main, one file per module of core. Main validates each input, checks the sender,
 * and
 * rejects any other name.
 */
export const calls = {
  ...appCalls,
  ...menuCalls,
  ...settingsCalls,
  ...projectCalls,
  ...fileCalls,
  ...draftCalls,
  ...engineCalls,
  ...buildCalls,
  ...imageCalls,
  ...archiveCalls,
  ...analysisCalls,
  ...comparisonCalls,
  ...registryCalls,
  ...credentialCalls,
  ...pushCalls,
  ...jobCalls
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
export type CallHandlers = { [N in CallName]: (input: z.output<Calls[N]['input']>) => Promise<CallOutput<N>> };
