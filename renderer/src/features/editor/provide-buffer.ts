interface Scope {
  Buffer?: { from: (text: string) => Uint8Array };
  TextEncoder: new () => { encode: (text: string) => Uint8Array };
}

const scope = globalThis as unknown as Scope;

// The language service's parser calls Node's Buffer for one thing, to find a byte order mark; pages and web workers have no Buffer.
scope.Buffer ??= { from: (text) => new scope.TextEncoder().encode(text) };
