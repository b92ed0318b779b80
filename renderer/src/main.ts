import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { getBridge } from './bridge/bridge.ts';
import { applyTheme, defaultTheme } from './state/theme.ts';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');
applyTheme(defaultTheme);
mount(App, { target, props: { bridge: getBridge() } });
