import { enableCommands } from '../menu.ts';
import type { HandlersOf } from './parts.ts';

export function menuHandlers(): HandlersOf<'menu'> {
  return {
    'menu.enable': ({ commands }) => {
      enableCommands(commands);
      return Promise.resolve({});
    }
  };
}
