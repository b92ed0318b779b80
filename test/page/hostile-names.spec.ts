import { expect, test, type Page } from '@playwright/test';
import { openScene } from './open-scene.ts';
import { scenes } from './scenes.ts';

/** The visible or spoken texts that have a control character or a direction mark, in the document and the editor. */
function findHidden(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hidden = /(?![\t\n\u200c\u200d]|\r\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
    const labels = ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'];
    const found: string[] = [];
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        for (const node of element.childNodes) {
          if (node.nodeType === Node.TEXT_NODE && hidden.test(node.nodeValue ?? '')) found.push(element.outerHTML);
        }
        for (const label of labels) if (hidden.test(element.getAttribute(label) ?? '')) found.push(element.outerHTML);
      }
    }
    if (hidden.test(document.title)) found.push(document.title);
    return found.map((html) => JSON.stringify(html.slice(0, 300)));
  });
}

for (const scene of scenes) {
  test(`${scene.name}: control characters and direction marks in names are visible and have no effect`, async ({
    page
  }) => {
    const { errors } = await openScene(page, `${scene.query}&hostile`);
    await scene.steps?.(page);
    await expect(scene.shows(page).first()).toBeVisible();
    expect(await findHidden(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
}
