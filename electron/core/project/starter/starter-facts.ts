import type { Stack } from '#contract/schema/project.ts';
import type { NodePackage } from '../detect-stack.ts';

/** What a starter is made from: the names in the project's folder, and what its own files say. */
export interface StarterFacts {
  stack: Stack;
  /** Names of the files in the top folder. */
  names: ReadonlySet<string>;
  /** package.json of a Node project. */
  node: NodePackage;
  /** The settings package of a Django project: the folder that holds wsgi.py. */
  djangoPackage: string | undefined;
  /** The server that the requirements name already. */
  pythonServer: 'gunicorn' | 'uvicorn' | undefined;
}
