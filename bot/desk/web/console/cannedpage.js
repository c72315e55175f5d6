/** The page of canned replies: read, write, change and delete the answers that everybody uses. */

import { acting, closer, frame, showDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { missing } from "./placeholders.js";
import { date } from "./time.js";

const PLACES = "{name}, {agent}, {order}, {email}, {full_name}";

/** Make the page, as `pages.js` tells. */
export function createPage({ api, tell }) {
  const list = h("ul", { class: "canned-rows" });
  const dialogs = h("div", {});
  const add = h("button", { type: "button", class: "primary", on: { click: () => edit(null) } }, "New canned reply");
  const node = h("div", { class: "canned-page" },
    h("p", {}, "Answers that everybody here may use. Type ", h("kbd", {}, "/"), " while you write to a customer and choose one. What stands in braces is filled in; what is not known is marked before you can send."),
    h("p", { class: "page-acts" }, add), list, dialogs);
  let replies = [];

  async function load() {
    try {
      ({ canned: replies } = await api.canned());
      fill(list, replies.length ? replies.map(row) : h("li", { class: "empty" }, h("h2", {}, "None yet"),
        h("p", {}, "Write down what you say again and again: a greeting, how to send something back, when the café opens. A good one sounds like you and leaves room for a word of your own.")));
    } catch (error) {
      fill(list, h("li", { class: "empty" }, h("h2", {}, "They did not load"), h("p", {}, error.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function row(reply) {
    const { code, title, text, changed_by: by, changed_at: at } = reply;
    const who = typeof by === "object" ? by?.name : by;
    return h("li", { class: "canned-row" },
      h("div", {}, h("p", { class: "canned-top" }, h("kbd", {}, `/${code}`), h("strong", { dir: "auto" }, title)),
        h("p", { class: "canned-body", dir: "auto" }, withPlaces(text)),
        at && h("p", { class: "quiet" }, `Changed ${date(at)}${who ? ` by ${who}` : ""}`)),
      h("div", { class: "canned-acts" },
        h("button", { type: "button", "aria-label": `Change /${code}`, on: { click: () => edit(reply) } }, "Change"),
        h("button", { type: "button", "aria-label": `Delete /${code}`, on: { click: () => remove(reply) } }, "Delete")));
  }

  function edit(reply) {
    const code = h("input", { id: "canned-code", required: true, maxlength: "40", pattern: "[a-z0-9][a-z0-9\\-]*", autocomplete: "off", spellcheck: "false", autofocus: true, "aria-describedby": "code-hint" });
    const title = h("input", { id: "canned-title", required: true, maxlength: "100", autocomplete: "off" });
    const text = h("textarea", { id: "canned-words", rows: "6", required: true, maxlength: "2000", "aria-describedby": "words-hint" });
    code.value = reply?.code ?? "";
    title.value = reply?.title ?? "";
    text.value = reply?.text ?? "";
    showDialog(dialogs, acting(reply ? `Change /${reply.code}` : "New canned reply", [
      h("label", { for: "canned-code" }, "Short code"), code, h("p", { class: "hint", id: "code-hint" }, "Small letters, digits and hyphens. You type it after /."),
      h("label", { for: "canned-title" }, "Title"), title,
      h("label", { for: "canned-words" }, "Text"), text, h("p", { class: "hint", id: "words-hint" }, `Filled in for you: ${PLACES}, and facts of the business by their name.`),
    ], "Save", () => save(reply, { code: code.value.trim().toLowerCase(), title: title.value.trim(), text: text.value.trim() })));
  }

  async function save(reply, told) {
    try {
      await (reply ? api.call("PUT", `canned/${encodeURIComponent(reply.id)}`, told) : api.call("POST", "canned", told));
    } catch (error) {
      return error.message;
    }
    await load();
    tell(`/${told.code} is saved.`);
    return null;
  }

  function remove(reply) {
    const error = h("p", { class: "dialog-error", role: "alert" });
    const go = h("button", { type: "button", class: "danger", on: { click: async () => {
      try {
        await api.call("DELETE", `canned/${encodeURIComponent(reply.id)}`);
      } catch (problem) {
        error.textContent = problem.message;
        return;
      }
      go.closest("dialog").close();
      await load();
      add.focus();
      tell(`/${reply.code} is deleted.`);
    } } }, "Delete");
    showDialog(dialogs, frame(`Delete /${reply.code}?`, h("p", {}, `Nobody can use “${reply.title}” any more. What was already sent stays as it is.`),
      error, h("div", { class: "dialog-acts" }, closer("Keep it"), go)));
  }

  load();
  return { node };
}

function withPlaces(text) {
  let at = 0;
  const parts = missing(text).flatMap(({ start, end }) => { const before = text.slice(at, start); at = end; return [before, h("span", { class: "place" }, text.slice(start, end))]; });
  return [...parts, text.slice(at)];
}
