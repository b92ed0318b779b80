import Check from '@lucide/svelte/icons/check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import X from '@lucide/svelte/icons/x';
import type { Component } from 'svelte';
import type { StepStatus } from '#contract/schema/build.ts';

/** The icon of each status; a running step has a spinner instead. */
export const stepIcons: Readonly<Record<Exclude<StepStatus, 'running'>, Component>> = {
  waiting: CircleDashed,
  cached: Check,
  done: Check,
  failed: X,
  cancelled: CircleSlash
};
