import { windowBackground } from '#contract/domain/window-background.ts';

/** The design tokens of the page that a report needs, by name. */
export const lightColors = {
  bg: windowBackground.light,
  panel: '#ffffff',
  line: '#d9dfe8',
  text: '#18202c',
  dim: '#566274',
  go: '#0d7a50',
  bad: '#c42b2b',
  accent: '#1c64dc',
  'run-fill': '#a7c1ee',
  'run-head': '#cfddf6',
  'copy-fill': '#9fd8c8',
  'copy-head': '#cdebe2',
  'base-fill': '#bcc4d1',
  'base-head': '#d3d8e1',
  'other-fill': '#c9bfe4',
  'other-head': '#e1dbf0',
  'removable-fill': '#f3d9a6',
  'removable-stripe': '#dc9a30',
  'hidden-fill': '#edf0f4',
  'hidden-stripe': '#9aa5b5'
} as const;

export type ColorName = keyof typeof lightColors;

export const darkColors: Readonly<Record<ColorName, string>> = {
  bg: windowBackground.dark,
  panel: '#141922',
  line: '#262e3b',
  text: '#e6eaf0',
  dim: '#8d98a8',
  go: '#3ecf8e',
  bad: '#ff6b6b',
  accent: '#5aa9ff',
  'run-fill': '#21427f',
  'run-head': '#152542',
  'copy-fill': '#1a5c4e',
  'copy-head': '#12342f',
  'base-fill': '#2c3343',
  'base-head': '#1f2633',
  'other-fill': '#3d3557',
  'other-head': '#272338',
  'removable-fill': '#7a4b10',
  'removable-stripe': '#c98f33',
  'hidden-fill': '#171c25',
  'hidden-stripe': '#566176'
};
