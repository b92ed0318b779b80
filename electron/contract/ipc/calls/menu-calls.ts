import { z } from 'zod';
import { commandSpecs } from '../../commands.ts';
import { nothing } from './shared.ts';

const command = z.enum(commandSpecs.map((spec) => spec.id));

/** The application menu. */
export const menuCalls = {
  /** The enabled commands; the menu grays out the others. */
  'menu.enable': { input: z.object({ commands: z.array(command).max(commandSpecs.length) }), output: nothing }
} as const;
