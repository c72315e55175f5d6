/** Makes elements without markup or inline styles, so that no policy of the page has to be loosened. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element with attributes; `onclick` is a listener, null is none. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function drawing(paths, circle) {
  const icon = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", "icon"]]) icon.setAttribute(name, value);
  for (const d of paths) icon.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", d);
  if (circle) {
    const dot = icon.appendChild(document.createElementNS(SVG, "circle"));
    for (const name of ["cx", "cy", "r"]) dot.setAttribute(name, circle[name]);
  }
  return icon;
}

/** Kindhand's mark: somebody, held by an open hand. */
export const cradle = () =>
  drawing(["M3.5 11.5c0 5 3.6 9 8.5 9s8.5-4 8.5-9", "M8 12.2c.6 2.2 2.1 3.6 4 3.6s3.4-1.4 4-3.6"], { cx: 12, cy: 6.6, r: 3.1 });
export const cross = () => drawing(["M6 6l12 12", "M18 6L6 18"]);
