import type { EngineSource, PrivateEngineProgram } from '../../schema/engine.ts';
import { plural } from '../../format/plural.ts';

const sources: Record<EngineSource, string> = {
  'docker-host': 'DOCKER_HOST',
  context: 'Docker context',
  system: 'System socket',
  rootless: 'Rootless socket',
  'docker-desktop': 'Docker Desktop',
  colima: 'Colima',
  'rancher-desktop': 'Rancher Desktop',
  orbstack: 'OrbStack',
  podman: 'Podman',
  private: 'Private engine'
};

const startPrivate: Record<PrivateEngineProgram, string> = {
  dockerd: 'Start a private engine (dockerd)',
  podman: 'Start a private engine (Podman)'
};

export const engine = {
  pill: {
    label: 'Engine',
    searching: 'Looking for an engine',
    starting: (program: string) => `Starting ${program}`,
    none: 'No engine',
    lost: (name: string) => `${name} · disconnected`,
    connected: (name: string, release: string) => `${name} · ${release}`
  },
  menu: {
    automatic: 'Automatic',
    automaticDetail: 'use the first available',
    retry: 'Retry',
    facts: (apiVersion: string, platform: string, store: string) => `API ${apiVersion} · ${platform} · ${store}`
  },
  sources,
  elsewhere: (name: string) => `on ${name}`,
  elsewhereHint: (name: string) => `Not the selected engine. Switch to ${name}`,
  switchTo: (name: string) => `Switch to ${name}`,
  buildkit: 'BuildKit',
  classic: 'Classic builder',
  searching: {
    title: 'Looking for an engine',
    text: 'Checking DOCKER_HOST, the Docker context and the default sockets.'
  },
  starting: {
    title: (program: string) => `Starting a private engine with ${program}`,
    text: 'It keeps its own images and stops when you quit Slipway.'
  },
  lost: {
    title: (name: string) => `Lost connection to ${name}`,
    text: 'Showing the last known state. Reconnecting automatically…'
  },
  none: {
    title: 'No container engine found',
    text: 'You need one to build. Slipway connects automatically when one starts.',
    advice: {
      linux: 'Start Docker with “sudo systemctl start docker”, or Podman with “systemctl --user start podman.socket”.',
      darwin: 'Start Docker Desktop, OrbStack, Colima or Podman.',
      win32: 'Start Docker Desktop, Rancher Desktop or Podman.'
    },
    install: 'How to install Docker',
    installUrl: 'https://docs.docker.com/get-started/get-docker/',
    tried: (count: number) => plural(count, { one: 'Tried # connection', other: 'Tried # connections' }),
    retry: 'Retry',
    details: 'Details…'
  },
  startPrivate,
  privateHint: 'Runs separately from Docker, with its own images, and stops when you quit Slipway.'
};
