import type { Component } from 'svelte';
import Cpu from '@lucide/svelte/icons/cpu';
import File from '@lucide/svelte/icons/file';
import FileSymlink from '@lucide/svelte/icons/file-symlink';
import Folder from '@lucide/svelte/icons/folder';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import Link2 from '@lucide/svelte/icons/link-2';
import Minus from '@lucide/svelte/icons/minus';
import Pencil from '@lucide/svelte/icons/pencil';
import Plus from '@lucide/svelte/icons/plus';
import type { ChangeKind, TreeRow } from '#contract/schema/analysis-overview.ts';

export const kindIcons: Record<TreeRow['kind'], Component> = {
  implied: Folder,
  folder: Folder,
  file: File,
  'hard-link': Link2,
  symlink: FileSymlink,
  character: HardDrive,
  block: HardDrive,
  fifo: Cpu,
  other: Cpu
};

export const changeIcons: Record<Exclude<ChangeKind, 'unchanged'>, Component> = {
  added: Plus,
  modified: Pencil,
  removed: Minus
};
