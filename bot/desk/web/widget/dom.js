/** Makes elements without markup, so that no text can become one and no CSP has to be loosened. */

import { worded } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `on…` properties are listeners, `true` is an empty attribute, null and false are none.
 * Words are given as functions, `() => WORDS.send`, as a child or a property: they follow the language. */
export function el(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

export function svg(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (typeof value === "function") worded(node, (it) => mark(it, name, value()));
    else mark(node, name, value);
  }
  node.append(...children.filter((child) => child !== null).map(textOf));
  return node;
}

function textOf(child) {
  if (typeof child !== "function") return child;
  const text = document.createTextNode("");
  worded(text, (it) => (it.data = child()));
  return text;
}

/** Set text only when it differs: a live region stays silent, a selection stays put. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set or remove an attribute by truth. */
export function mark(node, name, value) {
  if (value === false || value === null || value === undefined) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}
