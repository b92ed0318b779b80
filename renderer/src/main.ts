import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { getBridge } from './bridge/call.ts';
import { defaultSettings } from '#contract/domain/default-settings.ts';
import { applyPageTheme } from './state/apply-page-theme.ts';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no #app');
performance.mark('slipway:page-loaded');
applyPageTheme(defaultSettings.theme);
mount(App, { target, props: { bridge: getBridge() } });
performance.mark('slipway:page-mounted');
