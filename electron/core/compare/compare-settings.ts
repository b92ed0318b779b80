import type { ComparedSetting, SettingField } from '#contract/schema/comparison.ts';
import type { ImageSettings } from './image-settings.ts';
import { maskHistory, maskSecretsInText, maskSetting } from '../secrets/mask-secrets.ts';

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

/** Compares everything in the images' configs; secrets are masked unless `reveal` is set. */
export function compareSettings(images: readonly ImageSettings[], reveal: boolean): ComparedSetting[] {
  return fields.flatMap(({ field, entries }) => {
    const entriesByImage = images.map(entries);
    const shown = reveal ? entriesByImage : entriesByImage.map((each) => maskEntries(field, each));
    const keys = [...new Set(entriesByImage.flatMap((each) => [...each.keys()]))];
    if (field !== 'history') keys.sort();
    return keys.map((key): ComparedSetting => {
      const values = entriesByImage.map((each) => each.get(key) ?? null);
      const shownValues = shown.map((each) => each.get(key) ?? null);
      return {
        field,
        key,
        values: shownValues,
        isSame: new Set(values).size === 1,
        isMasked: shownValues.some((value, image) => value !== values[image])
      };
    });
  });
}

function maskEntries(field: SettingField, entries: Entries): Entries {
  const isNamed = field === 'env' || field === 'labels';
  const masked =
    field === 'history'
      ? maskHistory([...entries.values()])
      : [...entries].map(([key, value]) => (isNamed ? maskSetting(key, value) : maskSecretsInText(value)));
  return new Map([...entries.keys()].map((key, index) => [key, masked[index] ?? '']));
}

const single = (value: string): Entries => new Map(value === '' ? [] : [['', value]]);
const words = (list: readonly string[] | null): Entries => new Map(list === null ? [] : [['', JSON.stringify(list)]]);
const present = (names: readonly string[]): Entries => new Map(names.map((name) => [name, name]));
