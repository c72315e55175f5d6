/** What people asked and the assistant did not know, what went badly, what agents said of it.
 *
 * Addresses: `asked`, `asked/badly`, `asked/agents`, each also with `away` at its end for what was put away.
 */

import { fill, h, say } from "../dom.js";
import { createCase, createOpinion } from "./askedcases.js";
import { createGroup } from "./askedgroup.js";
import { count } from "./questionhealth.js";

const POLL = 500;
const PERIODS = [[7, "last 7 days"], [30, "last 30 days"], [90, "last 90 days"], [366, "last year"]];
const VIEWS = [
  { name: "unknown", path: [], title: "Not understood", items: "groups", make: createGroup },
  { name: "badly", path: ["badly"], title: "Went badly", items: "badly", make: createCase },
  { name: "agents", path: ["agents"], title: "Agents said", items: "opinions", make: createOpinion },
];
let days = 30; // for this tab, so that Back leads to the same list

/** Make the part, as `main.js` tells. */
export function createPart(studio) {
  const away = studio.rest.includes("away");
  const view = VIEWS.find(({ path }) => path.length && path[0] === studio.rest[0]) ?? VIEWS[0];
  const links = VIEWS.map(({ path, title, items }) => ({ items, title, node: h("a", { href: address(path, away), "aria-current": path === view.path && "page" }, title, h("span", { class: "asked-count" })) }));
  const period = h("select", { id: "asked-days", on: { change: () => { days = Number(period.value); load(); } } }, PERIODS.map(([value, text]) => h("option", { value }, text)));
  const summary = h("p", { class: "asked-summary", role: "status" });
  const list = h("div", { class: "asked-list" });
  const foot = h("p", { class: "asked-foot" });
  const node = h("div", { class: "asked" },
    h("div", { class: "studio-head" }, h("h2", {}, away ? "What you put away" : "What they asked"),
      h("div", { class: "asked-period" }, h("label", { for: "asked-days" }, "In the"), period)),
    h("nav", { class: "asked-views", "aria-label": "Lists" }, h("ul", {}, links.map((link) => h("li", {}, link.node)))),
    summary, list, foot);
  let told = null;
  let closed = false;
  let asked = 0;
  period.value = String(days);

  async function load() {
    const mine = asked += 1;
    const current = () => !closed && mine === asked;
    try {
      let answer = await get();
      for (; answer.reading && current(); answer = await get()) {
        reading(answer.reading);
        await new Promise((done) => { setTimeout(done, POLL); });
      }
      if (current()) { told = answer; draw(); }
    } catch (problem) {
      if (current()) fill(list, h("div", { class: "studio-empty" }, h("h3", {}, "This did not load"), h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  const get = () => studio.call("GET", `asked?days=${days}${away ? "&away=true" : ""}`);

  function reading({ done, of }) {
    const bar = list.querySelector("progress") ?? h("progress", { "aria-label": "Reading what people wrote" });
    bar.max = of;
    bar.value = done;
    if (!bar.isConnected) fill(list, h("div", { class: "studio-empty" }, h("h3", {}, "Reading what people wrote"), bar, h("p", {}, "What means the same is put together. Only the first time takes a moment.")));
  }

  function draw() {
    const found = told[view.items];
    const hidden = view.name === "unknown" ? told.more_groups : 0;
    const act = { ...studio, away, titles: told.titles, counted };
    fill(list, found.length ? found.map((one) => view.make(one, act)) : empty());
    if (hidden) list.append(h("p", { class: "quiet" }, `And ${count(hidden, "smaller group")}. They move up as you clear these.`));
    fill(foot, away ? h("a", { href: address(view.path, false) }, "Back to what is open") : told.put_away > 0 && h("a", { href: address(view.path, true) }, "See what you put away"));
    counted();
  }

  /** Say how much is still open; cards say `done` of themselves, or `left` messages. */
  function counted() {
    const open = (items) => told[items].filter((one) => !one.done);
    for (const { items, node: link } of links) say(link.querySelector(".asked-count"), String(open(items).length));
    say(summary, away ? "Nothing here is lost. Bring back what you still want to see to." : words(view.name, open(view.items)));
  }

  function words(name, open) {
    if (!open.length) return "";
    const messages = open.reduce((sum, one) => sum + (one.left ?? one.size ?? 1), 0);
    if (name === "unknown") return `${count(messages, "message")} of ${told.asked.toLocaleString("en")} ${messages === 1 ? "was" : "were"} not surely understood. What means the same stands together, what was asked most is on top.`;
    if (name === "badly") return `After ${count(messages, "answer")} people were more upset than before, within their next two messages.`;
    return `Agents found something wrong with ${count(messages, "hand-over")}.`;
  }

  function empty() {
    const nothing = h("div", { class: "studio-empty" });
    if (away) return fill(nothing, h("h3", {}, "Nothing was put away here"), h("p", {}, "What you put away can be brought back from this page."));
    const [title, text] = !told.asked && view.name !== "agents" ? ["Nobody has asked anything yet", "As soon as people write, you see here what the assistant could not answer."] : {
      unknown: ["Everything was understood", `The assistant knew what people meant, ${count(told.asked, "message")} long. Lovely.`],
      badly: ["No answer upset anybody", "When people get more upset soon after an answer, it appears here, so that you can find better words."],
      agents: ["Your agents found nothing wrong", "Beside each hand-over they can say with one click whether it was due. When it was not, you read it here."],
    }[view.name];
    return fill(nothing, h("h3", {}, title), h("p", {}, text));
  }

  fill(foot);
  setTimeout(() => { if (!told && !list.firstChild) fill(list, h("p", { class: "quiet" }, "Loading…")); }, 150);
  load();
  return { node, close: () => { closed = true; } };
}

const address = (path, away) => `#/studio/${["asked", ...path, away && "away"].filter(Boolean).join("/")}`;
