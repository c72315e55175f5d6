/** Choose a conversation that really happened, to make a story of it. */

import { closer, frame, showDialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { moment } from "../time.js";

const PAUSE = 250;

/** Show the conversations in a dialog; the one that is chosen is opened as a story. */
export function chooseConversation({ call, go, place }) {
  const search = h("input", { type: "search", id: "s-begins", autocomplete: "off", on: { input: later } });
  const rows = h("ul", { class: "s-choose" });
  const status = h("p", { class: "s-quiet", role: "status" }, "Loading…");
  const dialog = frame("Begin with a conversation",
    h("p", {}, "What was said becomes the steps of a story, up to where a person took over. You change what does not fit; the conversation stays as it is."),
    h("div", { class: "field" }, h("label", { for: "s-begins" }, "It begins with"), search),
    status, rows, h("div", { class: "dialog-acts" }, closer("Cancel")));
  dialog.classList.add("s-wide");
  let timer = 0;

  function later() {
    clearTimeout(timer);
    timer = setTimeout(load, PAUSE);
  }

  async function load() {
    const q = search.value.trim();
    try {
      const { conversations } = await call("GET", `stories/conversations?${new URLSearchParams({ q })}`);
      if (q !== search.value.trim()) return;
      fill(rows, conversations.map(row));
      status.textContent = conversations.length ? `${conversations.length === 40 ? "The newest 40" : conversations.length} conversations` : q ? "None begins so." : "Nobody has written yet. Talk to Kindhand under Try it, or wait for the first customers.";
    } catch (problem) {
      status.textContent = problem.offline ? "The desk cannot be reached just now." : problem.message;
    }
  }

  function row({ id, name, at, text }) {
    return h("li", {}, h("button", { type: "button", on: { click: () => { dialog.close(); go("stories", "from", id); } } },
      h("span", { dir: "auto" }, text), h("small", {}, `${name ?? "Visitor"}, ${moment(at)}`)));
  }

  showDialog(place, dialog);
  load();
}
