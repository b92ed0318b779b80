import type { Page } from '@playwright/test';

/**
 * Layout faults of the page at its current size: horizontal scrolling, a control or its text that is cut
 * off or outside the window, two controls that overlap, or text drawn over a control.
 */
export async function findLayoutFaults(page: Page): Promise<string[]> {
  await page.evaluate(settle);
  return page.evaluate(findFaults);
}

/** Waits until fonts are loaded and the measured layout has been drawn. */
async function settle(): Promise<void> {
  await document.fonts.ready;
  const isFinite = (animation: Animation): boolean => animation.effect?.getComputedTiming().iterations !== Infinity;
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(isFinite)
      .map(({ finished }) => finished)
  );
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

/** Runs in the page, so it is self-contained. Lengths are CSS pixels. */
function findFaults(): string[] {
  const tolerance = 1;
  const faults = new Set<string>();
  const controlRoles = ['button', 'radio', 'tab', 'checkbox', 'switch', 'combobox', 'menuitem', 'link', 'textbox'];
  const controlSelector = ['button', 'a[href]', 'input', 'select', 'textarea', 'summary']
    .concat(controlRoles.map((role) => `[role=${role}]`))
    .join(',');
  const layerSelector = '[role=dialog],[role=alertdialog],[role=menu],[role=tooltip],[role=status],[role=alert]';

  type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;
  const windowBox: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const intersect = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom)
  });
  const isEmpty = ({ left, top, right, bottom }: Box): boolean =>
    right - left <= tolerance || bottom - top <= tolerance;
  const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';

  const nameOf = (element: Element): string => {
    const label = element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim();
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${role} "${(label || (element.getAttribute('placeholder') ?? '')).slice(0, 60)}"`;
  };
  const sizeOf = ({ left, top, right, bottom }: Box): string =>
    `${Math.round(right - left)}x${Math.round(bottom - top)} at ${Math.round(left)},${Math.round(top)}`;
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('[inert]');

  /** The visible part of a box of the element, which may be cut off or scrolled away. */
  function visiblePart(element: Element, box: Box): { box: Box; cutBy: Element | null } {
    let seen = box;
    let cutBy: Element | null = null;
    let isFixed = false;
    // Content that can be scrolled into view is not cut off in that direction.
    let [canScrollX, canScrollY] = [false, false];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (at !== element && !isFixed) {
        const outer = at.getBoundingClientRect();
        const cutX = seen.left < outer.left - tolerance || seen.right > outer.right + tolerance;
        const cutY = seen.top < outer.top - tolerance || seen.bottom > outer.bottom + tolerance;
        if (cutX && clips(style.overflowX) && !canScrollX) cutBy ??= at;
        if (cutY && clips(style.overflowY) && !canScrollY) cutBy ??= at;
        if (style.overflowX !== 'visible') seen = intersect(seen, sidesOf(outer, 'x'));
        if (style.overflowY !== 'visible') seen = intersect(seen, sidesOf(outer, 'y'));
        canScrollX ||= scrolls(style.overflowX);
        canScrollY ||= scrolls(style.overflowY);
      }
      isFixed ||= style.position === 'fixed';
    }
    const { left, right, top, bottom } = seen;
    const isOutside =
      (!canScrollX && (left < -tolerance || right > innerWidth + tolerance)) ||
      (!canScrollY && (top < -tolerance || bottom > innerHeight + tolerance));
    if (isOutside) cutBy ??= document.documentElement;
    return { box: intersect(seen, windowBox), cutBy };
  }
  /** A box with limits in one direction only. */
  function sidesOf({ left, right, top, bottom }: Box, axis: 'x' | 'y'): Box {
    const endless = { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 };
    return axis === 'x' ? { ...endless, left, right } : { ...endless, top, bottom };
  }

  const modal = [...document.querySelectorAll('[role=dialog],[role=alertdialog]')].filter(isShown).at(-1);
  const scope: ParentNode = modal ?? document;
  const layerOf = (element: Element): Element | null => element.closest(layerSelector);

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.add(`the page scrolls sideways: ${scrollWidth} in ${clientWidth}`);
  for (const element of document.querySelectorAll('*')) {
    const mayScroll = element.closest('.cm-scroller, [data-scrolls-sideways]') !== null;
    if (mayScroll || !scrolls(getComputedStyle(element).overflowX) || !isShown(element)) continue;
    if (element.scrollWidth > element.clientWidth + tolerance) {
      faults.add(`scrolls sideways: ${nameOf(element)}, ${element.scrollWidth} in ${element.clientWidth}`);
    }
  }

  const controls = [...scope.querySelectorAll(controlSelector)].filter(isShown).flatMap((element) => {
    const fullBox = element.getBoundingClientRect();
    if (isEmpty(fullBox)) return [];
    const { box, cutBy } = visiblePart(element, fullBox);
    if (cutBy) {
      const by =
        cutBy === document.documentElement ? 'the window' : `${cutBy.tagName.toLowerCase()}.${cutBy.className}`;
      faults.add(`cut off by ${by}: ${nameOf(element)}, ${sizeOf(fullBox)}`);
    }
    return isEmpty(box) ? [] : [{ element, box }];
  });

  for (const { element } of controls) {
    for (const inner of [element, ...element.querySelectorAll('*')]) {
      if (inner instanceof HTMLInputElement || !clips(getComputedStyle(inner).overflowX)) continue;
      // Long names may be truncated if a tooltip has the full text.
      if (inner.closest('[title]') || element.querySelector('[title]')) continue;
      // Texts only for assistive technology are one pixel wide.
      const isCut = inner.clientWidth > 1 && inner.scrollWidth > inner.clientWidth + tolerance;
      if (isCut && isShown(inner))
        faults.add(`text is cut: ${nameOf(element)}, ${inner.scrollWidth} in ${inner.clientWidth}`);
    }
  }

  const isRelated = (a: Element, b: Element): boolean => a.contains(b) || b.contains(a);
  const areLabelled = (a: Element, b: Element): boolean => (a.closest('label') ?? a) === (b.closest('label') ?? b);
  controls.forEach(({ element, box }, index) => {
    for (const other of controls.slice(index + 1)) {
      if (isRelated(element, other.element) || areLabelled(element, other.element)) continue;
      if (layerOf(element) !== layerOf(other.element)) continue;
      const common = intersect(box, other.box);
      if (!isEmpty(common)) faults.add(`overlap: ${nameOf(element)} and ${nameOf(other.element)}, ${sizeOf(common)}`);
    }
  });

  const texts = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!parent || node.textContent?.trim() === '' || !isShown(parent)) continue;
    // Elements without pointer events may cover a control: a field's colored text, a mark.
    if (getComputedStyle(parent).pointerEvents === 'none') continue;
    if (parent.closest(`${controlSelector},.cm-scroller,script,style`)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const isCutByParent = clips(getComputedStyle(parent).overflowX);
      const shown = isCutByParent ? intersect(rect, parent.getBoundingClientRect()) : rect;
      const { box } = visiblePart(parent, shown);
      if (isEmpty(box)) continue;
      for (const control of controls) {
        if (control.element.contains(parent) || layerOf(control.element) !== layerOf(parent)) continue;
        if (areLabelled(control.element, parent)) continue;
        const common = intersect(box, control.box);
        if (!isEmpty(common)) {
          faults.add(`text over a control: "${node.textContent?.trim().slice(0, 60)}" and ${nameOf(control.element)}`);
        }
      }
    }
  }
  return [...faults];
}
