import { accounts } from './en/accounts.ts';
import { app } from './en/app.ts';
import { build } from './en/build.ts';
import { builds } from './en/builds.ts';
import { cli } from './en/cli.ts';
import { compare } from './en/compare.ts';
import { commands } from './en/commands.ts';
import { editor } from './en/editor.ts';
import { engine } from './en/engine.ts';
import { errors } from './en/errors.ts';
import { findings } from './en/findings.ts';
import { files } from './en/files.ts';
import { images } from './en/images.ts';
import { layers } from './en/layers.ts';
import { push } from './en/push.ts';
import { ratios } from './en/ratios.ts';
import { reasons } from './en/reasons.ts';
import { remote } from './en/remote.ts';
import { report } from './en/report.ts';
import { savings } from './en/savings.ts';
import { settings } from './en/settings.ts';
import { start } from './en/start.ts';
import { time } from './en/time.ts';
import { workspace } from './en/workspace.ts';

/** Every text of the interface, by feature, in the language of format/locale.ts. */
export const words = {
  app,
  commands,
  start,
  workspace,
  editor,
  build,
  layers,
  files,
  findings,
  push,
  report,
  accounts,
  images,
  compare,
  remote,
  builds,
  cli,
  savings,
  settings,
  engine,
  errors,
  ratios,
  reasons,
  time
};

export type Words = typeof words;
