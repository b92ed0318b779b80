import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { showControlsPreprocessor } from './scripts/show-controls-preprocessor.js';

export default { preprocess: [showControlsPreprocessor, vitePreprocess()], compilerOptions: { runes: true } };
