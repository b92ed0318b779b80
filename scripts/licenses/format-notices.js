import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const line = '-'.repeat(80);
const introduction = `Slipway contains the following third-party software. The licenses of Electron and Chromium are in
LICENSE.electron.txt and LICENSES.chromium.html, in the folder of the program.
`;

/** Of packages that come without the text of their license. */
const missingTexts = {
  'split-ca': `ISC License

Copyright (c) Charles Bushong

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`
};

/**
 * The licenses of these packages, by name. Throws if one has no text.
 * @param {Iterable<string>} folders of packages
 */
export function formatNotices(folders) {
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    notices.set(`${name} ${version}`, `${license ?? ''}\n\n${readTexts(folder, name)}`);
  }
  const sections = [...notices]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${line}\n${title}  ${text.trim()}\n`);
  return [introduction, ...sections].join('\n');
}

/** @param {string} folder @param {string} name */
function readTexts(folder, name) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim());
  const text = texts.join('\n\n') || missingTexts[name];
  if (!text) throw new Error(`${name} has no license text: add it to ${import.meta.url}.`);
  return text;
}
