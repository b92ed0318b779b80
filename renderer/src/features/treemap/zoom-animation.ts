import type { Box } from './box.ts';

const durationMs = 150;

/** How a picture is drawn in a frame: moved, scaled, and with which opacity. */
interface Layer {
  readonly picture: CanvasImageSource;
  /** The target rectangle of the complete picture. */
  readonly to: Box;
  readonly alpha: number;
}

/**
 * Animates a zoom between two pictures of the same size: into `box` of the old picture, or out of `box` of the new one.
 * Calls
 * `draw` for each frame, and `done` at the end. Returns a function that stops it.
 */
export function playZoom(
  pictures: { old: CanvasImageSource; next: CanvasImageSource },
  zoom: { box: Box; bounds: Box; into: boolean },
  draw: (layers: readonly Layer[]) => void,
  done: () => void
): () => void {
  const { box, bounds, into } = zoom;
  const start = performance.now();
  let frame = requestAnimationFrame(step);

  function step(now: number): void {
    const passed = Math.min(1, Math.max(0, now - start) / durationMs);
    const eased = 1 - (1 - passed) ** 3;
    if (passed >= 1) {
      done();
      return;
    }
    // The inner picture fills a window that grows from the box to the bounds, or shrinks back.
    const window = between(box, bounds, into ? eased : 1 - eased);
    const outer = around(window, box, bounds);
    draw([
      { picture: into ? pictures.old : pictures.next, to: outer, alpha: 1 },
      { picture: into ? pictures.next : pictures.old, to: window, alpha: into ? eased : 1 - eased }
    ]);
    frame = requestAnimationFrame(step);
  }

  return () => cancelAnimationFrame(frame);
}

function between(from: Box, to: Box, share: number): Box {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height)
  };
}

/** The rectangle in which to draw a picture so that its `box` fills the window. */
function around(window: Box, box: Box, bounds: Box): Box {
  const acrossX = window.width / Math.max(1, box.width);
  const acrossY = window.height / Math.max(1, box.height);
  return {
    x: window.x - box.x * acrossX,
    y: window.y - box.y * acrossY,
    width: bounds.width * acrossX,
    height: bounds.height * acrossY
  };
}
