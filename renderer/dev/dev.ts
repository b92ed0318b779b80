// Shows the page in a normal browser with made-up data: /dev/?project&theme=light&engine=none. renderer/dev/scene.ts
// lists the options.
import '../src/styles/base.css';
import { mount } from 'svelte';
import App from '../src/App.svelte';
import { createFakeBridge } from './fake-bridge.ts';
import { readScene } from './scene.ts';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');
const { bridge, broadcast } = createFakeBridge(readScene(location.search));
mount(App, { target, props: { bridge } });
Object.assign(window, { broadcast });
