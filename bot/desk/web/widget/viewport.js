/** How much room the chat has. In its frame only the page knows whether that is the whole screen. */

const root = document.documentElement;

export const isPhone = () => "full" in root.dataset;
export const isTouch = () => window.matchMedia("(pointer: coarse)").matches;

/** Over the whole screen, or in a box in its corner. */
export function shape(full) {
  if (full) root.dataset.full = "";
  else delete root.dataset.full;
}
