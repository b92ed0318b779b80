import type { States } from './states.ts';

/** Reads what the window shows first and follows what main tells, until the returned function is called. */
export function followAll(states: States): () => void {
  const { bridge, app, engine, projects, accounts, settings, transfers, commands } = states;
  const unsubscribes = [
    engine.follow(),
    projects.follow(),
    settings.follow(),
    transfers.follow(),
    bridge.on('command.run', ({ id }) => commands.runNamed(id))
  ];
  void accounts.load();
  void app.attempt(async () => {
    const { opened } = await app.load();
    if (opened) projects.applyImport(opened);
  });
  return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
}
