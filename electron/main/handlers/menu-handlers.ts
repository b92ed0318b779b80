import { enableCommands } from '../set-menu.ts';
import type { HandlersOf } from './handler-types.ts';

export function menuHandlers(): HandlersOf<'menu'> {
  return {
    'menu.enable': ({ commands }) => {
      enableCommands(commands);
      return Promise.resolve({});
    }
  };
}
