/** Build and keep elements; text is only ever text. */

const SVG = "http://www.w3.org/2000/svg";
const kept = new WeakMap();

/** Make an HTML element. */
export function h(tag, props, ...children) {
  return dress(document.createElement(tag), props, children);
}

/** Make an SVG element. */
export function s(tag, props, ...children) {
  return dress(document.createElementNS(SVG, tag), props, children);
}

function dress(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (name === "on") for (const [type, handler] of Object.entries(value)) node.addEventListener(type, handler);
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
}

/** Replace what is inside `parent`, leaving out nothings. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return parent;
}

/** Set text only when it differs, so that nothing is repainted or announced for nothing. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set an attribute only when it differs; null or false takes it away. */
export function mark(node, name, value) {
  if (value === null || value === false) { if (node.hasAttribute(name)) node.removeAttribute(name); } else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Keep one child per item, in order, touching only what changed. Items are compared by identity. */
export function keyed(parent, items, { key, make, update }) {
  if (!kept.has(parent)) kept.set(parent, new Map());
  const rows = kept.get(parent);
  const wanted = new Set(items.map(key));
  for (const [id, row] of rows) if (!wanted.has(id)) { row.node.remove(); rows.delete(id); }
  order(parent, items.map((item) => row(rows, key(item), item, make, update)));
}

function row(rows, id, item, make, update) {
  let found = rows.get(id);
  if (!found) rows.set(id, found = { node: make(item), item: null });
  if (found.item !== item) update(found.node, item, found.item);
  found.item = item;
  return found.node;
}

// A moved element loses its focus, so the row that holds it stays and the others move around it.
function order(parent, nodes) {
  const held = nodes.findIndex((node) => node.contains(document.activeElement));
  let next = null;
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index];
    const stays = index === held && node.parentNode === parent;
    if (!stays && (node.nextSibling !== next || node.parentNode !== parent)) parent.insertBefore(node, next);
    next = node;
  }
}
