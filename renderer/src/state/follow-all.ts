import type { States } from './states.ts';

/** Reads everything that the window displays first and follows main's topics, until the returned function is called. */
export function followAll(states: States): () => void {
  const { app, engine, projects, accounts, settings, transfers, jobs } = states;
  const unsubscribes = [engine.follow(), projects.follow(), settings.follow(), transfers.follow(), jobs.follow()];
  void accounts.load();
  void app.attempt(async () => {
    const { opened } = await app.load();
    if (opened) projects.applyImport(opened);
  });
  return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
}
