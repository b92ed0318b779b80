import { createHash } from 'node:crypto';
import { markup, Markup } from './markup.ts';
import { pageStyle } from './page-style.ts';

/** An HTML page without external resources or scripts: its only style sheet is allowed by its hash. */
export function writePageShell(page: { title: string; header: Markup; main: Markup; footer: string }): string {
  const styleHash = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<header>${page.header}</header>
<main>
${page.main}
</main>
<footer>${page.footer}</footer>
</body>
</html>
`.text;
}
