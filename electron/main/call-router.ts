import { z } from 'zod';
import type { Reply } from '#contract/ipc/bridge.ts';
import { calls, type CallHandlers, type CallName } from '#contract/ipc/calls.ts';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import type { ImportResult } from '#contract/schema/project.ts';
import { toErrorData } from '#core/util/app-error.ts';
import { refuseCall, type CallRouter, type Log } from './route-calls.ts';

const droppedPathsSchema = z.array(z.string().min(1).max(32_768)).max(256);

export interface CallRouterOptions {
  handlers: CallHandlers;
  /** Opens dropped files and folders, by absolute paths. */
  openDropped: (paths: string[]) => Promise<ImportResult>;
  /** Also validate main's own output; on in development and tests. */
  checkOutput: boolean;
  log: Log;
}

const describeDetail = (detail: ErrorDetail): string => (typeof detail === 'string' ? detail : detail.reason);

/** Validates calls by the schemas of the contract and passes them to their handlers. Errors become data. */
export function createCallRouter({ handlers, openDropped, checkOutput, log }: CallRouterOptions): CallRouter {
  const reply = async <T>(name: string, work: () => Promise<T>): Promise<Reply<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (thrown) {
      const error = toErrorData(thrown);
      if (error.code === 'internal') log(`${name}: ${describeDetail(error.detail)}`);
      return { ok: false, error };
    }
  };

  const call = async (name: CallName, input: unknown): Promise<Reply<unknown>> => {
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) return refuseCall(name, 'bad-input', log);
    const handler = handlers[name] as (input: unknown) => Promise<unknown>;
    return reply(name, async () => {
      const value = await handler(parsed.data);
      return checkOutput ? calls[name].output.parse(value) : value;
    });
  };

  return {
    call: async (name, input) => {
      if (typeof name === 'string' && Object.hasOwn(calls, name)) return call(name as CallName, input);
      return refuseCall(name, 'unknown-call', log);
    },
    drop: async (paths) => {
      const parsed = droppedPathsSchema.safeParse(paths);
      return parsed.success ? reply('drop', () => openDropped(parsed.data)) : refuseCall('drop', 'bad-input', log);
    }
  };
}
