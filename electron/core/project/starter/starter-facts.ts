import type { Stack } from '#contract/schema/project.ts';
import type { NodePackage } from '../detect-stack.ts';

/** The input for a starter: the names in the project's folder, and the content of its own files. */
export interface StarterFacts {
  stack: Stack;
  /** Names of the files in the top folder. */
  names: ReadonlySet<string>;
  /** package.json of a Node project. */
  node: NodePackage;
  /** The settings package of a Django project: the folder with wsgi.py. */
  djangoPackage: string | undefined;
  /** The server that is already in the requirements. */
  pythonServer: 'gunicorn' | 'uvicorn' | undefined;
}
