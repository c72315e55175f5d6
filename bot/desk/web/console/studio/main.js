/** The owner's studio: its parts on the left, what is open on the right, what is not published on top.
 *
 * A part is a module that is loaded when somebody opens it. It exports `createPart(studio)`, which gives
 * `{ node, focus?, close? }`; it is made anew for each address, such as `#/studio/questions/decaf`. `studio` has
 * `call(method, path, body)` below `/api/console/studio/`, `rest` (what stands in the address after the part),
 * `go(...path)`, `tell(text)` for everybody, `agent`, and `changed()`, to be called after each save.
 */

import { fill, h } from "../dom.js";
import { createStanding } from "./standing.js";

export const PARTS = [
  ["questions", "Questions", () => import("./questions.js")],
  ["stories", "Stories", () => import("./stories.js")],
  ["asked", "What they asked", () => import("./asked.js")],
  ["settings", "Settings", () => import("./settings.js")],
  ["try", "Try it", () => import("./try.js")],
  ["rehearse", "Rehearse", () => import("./rehearse.js")],
  ["publish", "Publish", () => import("./publish.js")],
];

/** Read what stands in the address after `#/studio/`. */
export function readPlace(hash = location.hash) {
  const [, ...path] = hash.replace(/^#\/?/, "").split("/").map(decoded);
  const known = PARTS.some(([name]) => name === path[0]);
  return { part: known ? path[0] : PARTS[0][0], rest: known ? path.slice(1).filter(Boolean) : [] };
}

/** Make the page, as `pages.js` tells. */
export function createPage({ api, agent, tell }) {
  const call = (method, path, body, wait) => api.call(method, `studio/${path}`, body, wait);
  const go = (...path) => { location.hash = `#/studio/${path.map(encodeURIComponent).join("/")}`; };
  const standing = createStanding({ call });
  const links = new Map(PARTS.map(([name, title]) => [name, h("a", { href: `#/studio/${name}` }, title)]));
  const inside = h("div", { class: "studio-part" });
  const node = h("div", { class: "studio" },
    h("nav", { class: "studio-nav", "aria-label": "Studio" }, h("ul", {}, [...links.values()].map((link) => h("li", {}, link)))),
    h("div", { class: "studio-inside" }, standing.node, inside));
  let open = null;
  let shown = "";

  async function draw() {
    if (!/^#\/?studio(\/|$)/.test(location.hash)) return;
    const { part, rest } = readPlace();
    const address = [part, ...rest].join("/");
    if (address === shown) return;
    shown = address;
    for (const [name, link] of links) { if (name === part) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current"); }
    leave();
    standing.look(); // an editor may have changed the files meanwhile
    const late = setTimeout(() => { if (shown === address) fill(inside, h("p", { class: "quiet" }, "Loading…")); }, 150);
    const studio = { call, go, tell, agent, rest, changed: standing.look };
    const made = await PARTS.find(([name]) => name === part)[2]().then((module) => module.createPart(studio)).catch(() => null);
    clearTimeout(late);
    if (shown !== address) { made?.close?.(); return; }
    open = made;
    fill(inside, made ? made.node : [h("p", {}, "This part did not load. Nothing is lost."), h("button", { type: "button", on: { click: () => { shown = ""; draw(); } } }, "Try again")]);
    made?.focus?.();
    links.get(part).scrollIntoView({ block: "nearest", inline: "center" }); // on a phone they are wider than the screen
  }

  function leave() {
    open?.close?.();
    open = null;
  }

  window.addEventListener("hashchange", draw);
  window.addEventListener("focus", standing.look);
  draw();
  return { node, close: () => { window.removeEventListener("hashchange", draw); window.removeEventListener("focus", standing.look); standing.close(); leave(); } };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
