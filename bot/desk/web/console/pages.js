/** Whole pages beside the desk, each in a module of its own that is loaded when somebody opens it.
 *
 * A `wide` page takes the whole width and what follows its name in the address, such as `#/studio/questions`.
 * Such a module exports `createPage({ api, agent, tell })`, which gives `{ node, focus?, close? }`: `node` stands
 * under the page's title, `focus` is called once it is seen, `close` when it is left. `api.call(method, path, body)`
 * speaks to the desk; `tell(text)` says something to everybody, those who do not see the screen too.
 */

import { fill, h, mark } from "./dom.js";
import { route } from "./route.js";
import { icon } from "./shapes.js";

export const PAGES = {
  studio: { title: "Studio", owner: true, wide: true, load: () => import("./studio/main.js") },
  canned: { title: "Canned replies", load: () => import("./cannedpage.js") },
  undelivered: { title: "Undelivered", load: () => import("./undelivered.js") },
  team: { title: "Team", load: () => import("./team.js") },
  install: { title: "Chat on your website", load: () => import("./install.js") },
  audit: { title: "Audit log", owner: true, load: () => import("./auditlog.js") },
  account: { title: "Your account", load: () => import("./account.js") },
};

/** Whether `agent` may open a page. */
export const mayOpen = (name, agent) => Boolean(PAGES[name]) && (!PAGES[name].owner || agent.role === "owner");

/** Make the place where pages stand. */
export function createPages({ store, api, agent, tell }) {
  const title = h("h1", { tabindex: "-1" });
  const inside = h("div", { class: "page-content" });
  const back = h("a", { class: "button page-back" }, icon("back"), "Back to the conversations");
  const node = h("main", { class: "page", hidden: true, "aria-label": "Page" }, h("div", { class: "page-inside" }, back, title, inside));
  let open = null;

  function draw({ page, view }, before) {
    if (before && before.page === page) return;
    node.hidden = !page;
    open?.close?.();
    open = null;
    if (page) { back.href = route(view); show(page); }
  }

  async function show(name) {
    title.textContent = PAGES[name].title;
    mark(node, "data-wide", PAGES[name].wide ?? null);
    title.focus({ preventScroll: true });
    if (!mayOpen(name, agent)) { fill(inside, h("p", {}, "This page is for the owner. Ask them when you need something from it.")); return; }
    fill(inside, h("p", { class: "quiet" }, "Loading…"));
    const made = await PAGES[name].load().then((module) => module.createPage({ api, agent, tell })).catch(() => null);
    if (store.get().page !== name) { made?.close?.(); return; }
    open = made;
    fill(inside, made ? made.node : [h("p", {}, "This page did not load. Nothing is lost."), h("button", { type: "button", on: { click: () => show(name) } }, "Try again")]);
    made?.focus?.();
  }

  return { node, draw };
}
