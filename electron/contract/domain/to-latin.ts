/** Letters that Unicode does not decompose to Latin ones, as they are usually written: ISO 9 without marks, and ELOT 743. */
const letters: Readonly<Record<string, string>> = {
  ...pair(
    'а б в г ґ д ђ е є ё ж з и і ї й ј к л љ м н њ о п р',
    'a b v g g d dj e ye yo zh z i i yi y j k l lj m n nj o p r'
  ),
  ...pair('с т ћ у ў ф х ц ч џ ш щ ы э ю я', 's t c u u f kh ts ch dz sh shch y e yu ya'),
  ...pair('α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'),
  ...pair('ß æ œ ø å ł đ ð þ ı', 'ss ae oe o a l d d th i'),
  ъ: '',
  ь: ''
};

function pair(from: string, to: string): Record<string, string> {
  const targets = to.split(' ');
  return Object.fromEntries(from.split(' ').map((letter, index) => [letter, targets[index] ?? '']));
}

/** A lower-case text with its Cyrillic, Greek and special Latin letters in plain Latin; others are unchanged. */
export function toLatin(text: string): string {
  return Array.from(text, (letter) => letters[letter] ?? letters[letter.normalize('NFD')[0] ?? ''] ?? letter).join('');
}
