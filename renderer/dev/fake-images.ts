import type { ImageLayerSizes, ImageSummary, ImageUser } from '#contract/schema/image.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.now();

/** Names, age, and the layers: a letter and its bytes; images with the same first letters share those layers. */
const few: [string[], number, [string, number][]][] = [
  [
    ['wisnuanggoro/simple-flask-web:latest'],
    2 * minute,
    [
      ['u', 72_900_000],
      ['slim', 161_000_000]
    ]
  ],
  [
    ['wisnuanggoro/simple-flask-web:build-14'],
    9 * minute,
    [
      ['u', 72_900_000],
      ['naive', 346_000_000]
    ]
  ],
  [
    ['shop-api:1.8.2', 'registry.example.com:5000/shop/api:1.8.2'],
    day,
    [
      ['n', 224_000_000],
      ['b', 188_000_000]
    ]
  ],
  [
    ['shop-api:1.8.1'],
    3 * day,
    [
      ['n', 224_000_000],
      ['c', 185_000_000]
    ]
  ],
  [['postgres:16'], 15 * day, [['p', 432_000_000]]],
  [['node:22-slim'], 22 * day, [['n', 224_000_000]]],
  [['ubuntu:latest'], 125 * day, [['u', 72_900_000]]],
  [[], 126 * day, [['z', 1_190_000_000]]]
];

const many: typeof few = Array.from({ length: 5000 }, (_, index) => [
  index % 40 === 0 ? [] : [`team-${index % 37}/service-${index % 211}:${(index / 211).toFixed(0)}.${index % 9}`],
  index * hour,
  [
    [`base ${index % 7}`, 70_000_000 + (index % 7) * 9_000_000],
    [`runtime ${index % 29}`, 110_000_000],
    [`own ${index}`, ((index * 7919) % 1000) * 400_000]
  ]
]);

const digest = (text: string): string =>
  `sha256:${Array.from({ length: 64 }, (_, at) => ((text.charCodeAt(at % text.length) * 31 + at * 7 + text.length) % 16).toString(16)).join('')}`;

/** The images of an engine in memory: they can be removed and tagged. */
export class FakeImages {
  list: ImageSummary[];
  readonly #layers = new Map<string, ImageLayerSizes>();

  constructor(size: 'none' | 'few' | 'many') {
    const images = { none: [], few, many }[size];
    this.list = images.map(([tags, age, layers], index) => {
      const id = digest(`${index} image ${index * 7919}`).replace(/.{6}$/, index.toString(16).padStart(6, '0'));
      this.#layers.set(id, {
        id,
        layers: layers.map(([name, sizeBytes]) => ({ diffId: name, sizeBytes })),
        exact: true
      });
      const sizeBytes = layers.reduce((sum, [, bytes]) => sum + bytes, 0);
      return { id, tags, sizeBytes, createdAt: now - age };
    });
  }

  layersOf(ids: readonly string[]): ImageLayerSizes[] {
    return ids.flatMap((id) => this.#layers.get(id) ?? []);
  }

  users(): ImageUser[] {
    const idOf = (name: string): string => this.list.find(({ tags }) => tags.includes(name))?.id ?? '';
    return [
      { imageId: idOf('postgres:16'), container: 'shop-db', running: true },
      { imageId: idOf('shop-api:1.8.1'), container: 'shop-api-old', running: false }
    ];
  }

  remove(image: string): { untagged: string[]; deleted: string[] } {
    const found = this.list.find(({ id, tags }) => id === image || tags.includes(image));
    if (!found) return { untagged: [], deleted: [] };
    const tags = found.tags.filter((tag) => tag !== image);
    const rest = this.list.filter((other) => other !== found);
    this.list = tags.length === 0 ? rest : [...rest, { ...found, tags }];
    return { untagged: [image], deleted: tags.length === 0 ? [found.id] : [] };
  }

  tag(image: string, reference: string): void {
    this.list = this.list.map((one) => {
      const others = one.tags.filter((tag) => tag !== reference);
      return { ...one, tags: one.id === image ? [...others, reference] : others };
    });
  }
}
