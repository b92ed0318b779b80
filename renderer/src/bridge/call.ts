import type { Bridge, Reply } from '#contract/ipc/bridge.ts';
import type { CallInput, CallName, CallOutput } from '#contract/ipc/calls.ts';
import type { AppErrorData } from '#contract/schema/error.ts';

declare global {
  interface Window {
    readonly slipway: Bridge;
  }
}

/** The preload's bridge. */
export function getBridge(): Bridge {
  return window.slipway;
}

/** An error that main returned for a call. */
export class CallError extends Error {
  readonly error: AppErrorData;

  constructor(error: AppErrorData) {
    super(error.code);
    this.name = 'CallError';
    this.error = error;
  }
}

/** Calls main and returns the result. Throws CallError if main returns an error. */
export async function call<N extends CallName>(bridge: Bridge, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return unwrapReply(await bridge.call(name, input));
}

/** The value of a reply. Throws CallError if it is an error. */
export function unwrapReply<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new CallError(reply.error);
}

/** The error data of any caught value: main's own, or `internal` for an unexpected one. */
export function toErrorData(cause: unknown): AppErrorData {
  if (cause instanceof CallError) return cause.error;
  return { code: 'internal', detail: cause instanceof Error ? cause.message : String(cause) };
}
