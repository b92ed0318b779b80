import type { ComparedSetting, SettingField } from '#contract/schema/comparison.ts';
import type { ImageSettings } from './image-settings.ts';
import { looksSecret, mask, maskLine } from '../secrets/mask-secrets.ts';

type Entries = ReadonlyMap<string, string>;

const fields: readonly { field: SettingField; entries: (settings: ImageSettings) => Entries }[] = [
  { field: 'platform', entries: ({ platform }) => single(platform) },
  { field: 'entrypoint', entries: ({ entrypoint }) => words(entrypoint) },
  { field: 'cmd', entries: ({ cmd }) => words(cmd) },
  { field: 'user', entries: ({ user }) => single(user) },
  { field: 'workdir', entries: ({ workdir }) => single(workdir) },
  { field: 'env', entries: ({ env }) => env },
  { field: 'ports', entries: ({ ports }) => present(ports) },
  { field: 'volumes', entries: ({ volumes }) => present(volumes) },
  { field: 'labels', entries: ({ labels }) => labels },
  { field: 'healthcheck', entries: ({ healthcheck }) => single(healthcheck) },
  { field: 'history', entries: ({ history }) => new Map(history.map((line, index) => [String(index + 1), line])) }
];

/** Everything that the images' configs say, side by side; values that look secret are masked unless `reveal` is set. */
export function compareSettings(images: readonly ImageSettings[], reveal: boolean): ComparedSetting[] {
  return fields.flatMap(({ field, entries }) => {
    const entriesByImage = images.map(entries);
    const keys = [...new Set(entriesByImage.flatMap((each) => [...each.keys()]))];
    if (field !== 'history') keys.sort();
    return keys.map((key): ComparedSetting => {
      const values = entriesByImage.map((each) => each.get(key) ?? null);
      const shown = reveal ? values : values.map((value) => (value === null ? null : maskSetting(field, key, value)));
      return {
        field,
        key,
        values: shown,
        isSame: new Set(values).size === 1,
        isMasked: shown.some((value, image) => value !== values[image])
      };
    });
  });
}

function maskSetting(field: SettingField, key: string, value: string): string {
  const isNamed = field === 'env' || field === 'labels';
  return isNamed && looksSecret(key, value) ? mask : maskLine(value);
}

const single = (value: string): Entries => new Map(value === '' ? [] : [['', value]]);
const words = (list: readonly string[] | null): Entries => new Map(list === null ? [] : [['', JSON.stringify(list)]]);
const present = (names: readonly string[]): Entries => new Map(names.map((name) => [name, name]));
