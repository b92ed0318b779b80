const letters = ['r', 'w', 'x'] as const;

/** Permission bits as in ls: "rwxr-xr-x", "rwsr-xr-x", "rwxrwxrwt". */
export function formatMode(mode: number): string {
  const plain: string[] = Array.from({ length: 9 }, (_, at) =>
    (mode >> (8 - at)) & 1 ? (letters[at % 3] ?? '-') : '-'
  );
  const special: [number, number, string][] = [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't']
  ];
  for (const [bit, at, letter] of special) {
    // A capital letter means that the x bit is not set.
    if (mode & bit) plain[at] = plain[at] === 'x' ? letter : letter.toUpperCase();
  }
  return plain.join('');
}
