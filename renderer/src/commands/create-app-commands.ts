import { cyclePanes } from '../ui/cycle-panes.ts';
import type { States } from '../state/states.ts';
import { resolveTheme } from '../state/apply-page-theme.ts';
import type { CommandHandlers } from './command-registry.svelte.ts';

/** The commands of every screen. The workspace provides a project's. */
export function createAppCommands({ app, engine, projects, settings }: States): CommandHandlers {
  return {
    'project.choose': { run: () => projects.choose() },
    'archive.choose': { run: () => projects.chooseArchive() },
    'project.sample': { run: () => projects.openSample() },
    'palette.open': { run: () => void (app.paletteOpen = true) },
    'view.projects': {
      // Run again, it goes from the open project back to the start screen.
      run: () => (app.screen === 'projects' ? app.closeProject() : app.show('projects'))
    },
    'view.images': { run: () => app.show('images') },
    'view.compare': { run: () => app.show('compare') },
    'view.builds': { run: () => app.show('builds') },
    'view.accounts': { run: () => app.show('accounts') },
    'view.settings': { run: () => app.show('settings') },
    'pane.next': { run: () => cyclePanes(document) },
    'theme.toggle': {
      run: () => settings.change({ theme: resolveTheme(settings.current.theme) === 'dark' ? 'light' : 'dark' })
    },
    'account.signIn': { run: () => app.requestSignIn() },
    'engine.retry': { when: () => engine.state.kind !== 'searching', run: () => engine.retry() },
    'app.licenses': { run: () => void (app.licensesOpen = true) },
    'app.about': { run: () => void (app.aboutOpen = true) }
  };
}
