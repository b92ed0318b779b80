/** Names in the made-up data, and their long replacements. */
const longNames: readonly (readonly [short: string, long: string])[] = [
  ['simple-flask-web', 'warehouse-inventory-synchronization-service-with-flask'],
  ['wisnuanggoro', 'platform-engineering-north-europe'],
  ['shop-api', 'shop-storefront-and-checkout-api-gateway'],
  ['registry.example.com', 'registry.internal.container-platform.example.com'],
  ['requirements.txt', 'requirements-for-production-and-continuous-integration.txt'],
  ['28.2.2', '28.2.2+dfsg1-1+deb13u1~bpo12+1']
];

/** The value with its short names replaced by long ones. */
export function lengthenNames<Value>(value: Value): Value {
  return mapTexts(value, (text) => longNames.reduce((all, [short, long]) => all.replaceAll(short, long), text));
}

/** Reverts `lengthenNames`. */
export function shortenNames<Value>(value: Value): Value {
  return mapTexts(value, (text) => longNames.reduce((all, [short, long]) => all.replaceAll(long, short), text));
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
