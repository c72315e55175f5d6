/** The head of a conversation: who it is, where it stands, who else looks, and what may be done. */

import { fill, h, say } from "./dom.js";
import { createMenu } from "./menu.js";
import { route } from "./route.js";
import { icon, moodBadge, vip } from "./shapes.js";
import { since } from "./time.js";
import { isClosed, isFree, isMine, mayResolve, nameOf, namesOf, ownerWords } from "./words.js";

const NARROW = "(max-width: 720px)"; // there, handing back moves into the menu

/** Make the head. */
export function createHead({ store, acts, dialogs, go }) {
  const id = () => store.get().openId;
  const name = h("h2", { tabindex: "-1", dir: "auto" });
  const line = h("p", { class: "head-line" });
  const button = (text, key, act, kind = "") => h("button", { type: "button", class: kind, "aria-keyshortcuts": key, on: { click: act } },
    text, h("kbd", { "aria-hidden": "true" }, key));
  const take = button("Take over", "t", () => acts.claim(id()), "primary");
  const back = button("Hand back", "h", dialogs.handBack, "in-more");
  const done = button("Resolve", "e", dialogs.resolve);
  const again = button("Reopen", "o", () => acts.reopen(id()), "primary");
  const more = createMenu("More", further, { kind: "opens" });
  const list = h("button", { type: "button", class: "to-list", on: { click: () => go(route(store.get().view)) } }, icon("back"), h("span", {}, "List"));
  const node = h("header", { class: "head" }, list,
    h("div", { class: "head-who" }, h("div", { class: "head-name" }, name), line),
    h("div", { class: "head-acts" }, more.node, back, done, take, again));

  function further() {
    const { detail: { summary }, agent } = store.get();
    const mine = isMine(summary, agent);
    return [
      mine && matchMedia(NARROW).matches && { text: "Hand back…", hint: "The assistant goes on", key: "h", act: dialogs.handBack },
      !isClosed(summary) && { text: "Transfer…", hint: "To a colleague or a skill", key: "x", act: dialogs.transfer },
      mine && { text: "Snooze…", hint: "Until a time, or until they write", key: "z", act: dialogs.snooze },
      mine && { text: "Back to the queue", hint: "For whoever is free", key: "u", act: () => acts.release(id()) },
      agent.role === "owner" && { text: "Make a scene of it…", hint: "For your rehearsals, in the studio", act: () => { location.hash = `#/studio/rehearse/from/${encodeURIComponent(id())}`; } },
      (mine || isClosed(summary)) && { text: "Send the transcript…", hint: "By e-mail, when they ask for it", act: dialogs.transcript },
    ];
  }

  function draw({ detail: { summary, viewers }, agent }) {
    const mine = isMine(summary, agent);
    say(name, nameOf(summary));
    fill(line, moodBadge(summary.mood), summary.customer?.vip && vip(), language(summary),
      h("span", { class: "head-owner" }, ownerWords(summary, agent), ...waits(summary)), viewersWords(viewers, agent));
    take.hidden = !isFree(summary);
    back.hidden = !mine;
    done.hidden = !mayResolve(summary, agent);
    again.hidden = !isClosed(summary);
    more.node.hidden = !(mine || isClosed(summary) || agent.role === "owner");
  }

  function clear() {
    say(name, "");
    fill(line);
  }

  return { node, draw, clear, focus: () => name.focus({ preventScroll: true }) };
}

function viewersWords(viewers, agent) {
  const others = (viewers ?? []).filter((one) => one.id !== agent.id);
  return others.length ? h("span", { class: "viewers", dir: "auto" }, icon("eye"), `${namesOf(others)} ${others.length > 1 ? "are" : "is"} looking too`) : null;
}

function waits({ owner, waiting_since: from }) {
  return owner.kind === "waiting" && from ? [" for ", h("time", { datetime: from, "data-since": from }, since(from))] : "";
}

const languages = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "language" }) : null;

// Said only when it is not the one that the console is written in.
function language({ language: code }) {
  if (!code || /^en\b/i.test(code)) return null;
  try {
    return h("span", { class: "language" }, `Writes ${languages?.of(code) ?? code}`);
  } catch {
    return null;
  }
}
