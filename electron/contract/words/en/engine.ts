import type { EngineSource, PrivateEngineProgram } from '../../schema/engine.ts';

const sources: Record<EngineSource, string> = {
  'docker-host': 'DOCKER_HOST',
  context: 'docker context',
  system: 'system socket',
  rootless: 'rootless socket',
  'docker-desktop': 'Docker Desktop',
  colima: 'Colima',
  'rancher-desktop': 'Rancher Desktop',
  orbstack: 'OrbStack',
  podman: 'Podman',
  private: "Slipway's own"
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
    lost: (name: string) => `${name} · lost`,
    connected: (name: string, product: string, version: string) => `${name} · ${product} ${version}`
  },
  menu: {
    automatic: 'Automatic',
    automaticDetail: 'the first that answers',
    retry: 'Look again',
    facts: (apiVersion: string, platform: string, store: string) => `API ${apiVersion} · ${platform} · ${store}`
  },
  sources,
  buildkit: 'BuildKit',
  classic: 'Classic builder',
  searching: {
    title: 'Looking for an engine',
    text: 'DOCKER_HOST, the docker context and the usual sockets are asked.'
  },
  starting: {
    title: (program: string) => `Starting a private engine with ${program}`,
    text: 'It keeps its own images and stops when Slipway quits.'
  },
  lost: {
    title: (name: string) => `The connection to ${name} was lost`,
    text: 'What is shown is from before. Slipway connects again by itself as soon as the engine answers.'
  },
  none: {
    title: 'No container engine answers',
    text: 'Builds and images need one. Slipway notices by itself when an engine starts.',
    advice: {
      linux: 'Start Docker with “sudo systemctl start docker”, or Podman with “systemctl --user start podman.socket”.',
      darwin: 'Start Docker Desktop, OrbStack, Colima or Podman.',
      win32: 'Start Docker Desktop, Rancher Desktop or Podman.'
    },
    install: 'How to install Docker',
    installUrl: 'https://docs.docker.com/get-started/get-docker/',
    tried: (count: number) => (count === 1 ? 'One place was tried' : `${count} places were tried`),
    retry: 'Look again',
    more: 'What was tried…'
  },
  startPrivate,
  privateHint: 'Its own images and its own socket; it stops when Slipway quits.'
};
