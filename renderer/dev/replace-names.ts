/** Names in the made-up data, and their long replacements. */
const longNames: readonly (readonly [short: string, long: string])[] = [
  ['simple-flask-web', 'warehouse-inventory-synchronization-service-with-flask'],
  ['wisnuanggoro', 'platform-engineering-north-europe'],
  ['shop-api', 'shop-storefront-and-checkout-api-gateway'],
  ['registry.example.com', 'registry.internal.container-platform.example.com'],
  ['requirements.txt', 'requirements-for-production-and-continuous-integration.txt'],
  ['28.2.2', '28.2.2+dfsg1-1+deb13u1~bpo12+1']
];

/** What every one of these texts gets in a hostile scene: a control character and marks that reverse what follows. */
const hostileTexts = [
  ...longNames.map(([short]) => short),
  ...['/usr', '/opt', '/var', 'debian', 'nginx', 'redis', 'pip install', 'app.py', 'denied', 'GNOME', 'Engine', '1.8.2']
];
const hostileMarks = '\u001b\u202e\u2067\u200b';

const hostileNames = hostileTexts.map((text) => [text, `${text.slice(0, 1)}${hostileMarks}${text.slice(1)}`] as const);
const names = { short: [], long: longNames, hostile: hostileNames };

/** The value with its short names replaced by long or hostile ones. */
export function replaceNames<Value>(value: Value, by: keyof typeof names): Value {
  return mapTexts(value, (text) => names[by].reduce((all, [short, other]) => all.replaceAll(short, other), text));
}

/** Reverts `replaceNames`. */
export function restoreNames<Value>(value: Value, by: keyof typeof names): Value {
  return mapTexts(value, (text) => names[by].reduce((all, [short, other]) => all.replaceAll(other, short), text));
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  const map = (each: unknown): unknown => {
    if (typeof each === 'string') return change(each);
    if (Array.isArray(each)) return each.map(map);
    if (typeof each !== 'object' || each === null || Object.getPrototypeOf(each) !== Object.prototype) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [change(key), map(inner)]));
  };
  return map(value) as Value;
}
