/** The page of what could not be delivered: notes, tickets, mails and messages that were given up. */

import { fill, h } from "./dom.js";
import { route } from "./route.js";
import { ago, date, now } from "./time.js";

const KINDS = { crm_note: "Note for the customer records", crm_ticket: "Request for the customer records", email: "E-mail", chat: "Message to the chat tool", webhook: "Call to another system" };
const DAY = 24 * 60 * 60_000;

/** Make the page, as `pages.js` tells. */
export function createPage({ api, tell }) {
  const list = h("ul", { class: "undelivered" });
  const node = h("div", {}, h("p", {}, "What must reach other systems is tried again and again for a while. What was given up stands here until somebody tries it once more; nothing is lost."), list);

  async function load() {
    try {
      const { failed } = await api.call("GET", "outbox/failed");
      fill(list, failed.length ? failed.map(row) : h("li", { class: "empty" }, h("h2", {}, "Everything was delivered"), h("p", {}, "When a mail server or the customer records do not take something for long, it appears here.")));
    } catch (error) {
      fill(list, h("li", { class: "empty" }, h("h2", {}, "They did not load"), h("p", {}, error.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function row({ id, kind, conversation, attempts, error, failed_at: at }) {
    const name = KINDS[kind] ?? kind;
    const problem = h("p", { class: "dialog-error", role: "alert" });
    const retry = h("button", { type: "button", "aria-label": `Try again: ${name}`, on: { click: again } }, "Try again");

    async function again() {
      retry.disabled = true;
      try {
        await api.call("POST", `outbox/${encodeURIComponent(id)}/retry`);
        tell(`${name} is on its way again.`);
        await load();
      } catch (refused) {
        problem.textContent = refused.message;
        retry.disabled = false;
      }
    }

    return h("li", { class: "canned-row" }, h("div", {},
      h("p", { class: "canned-top" }, h("strong", {}, name), conversation && h("a", { href: route("all", conversation) }, "Conversation")),
      h("p", { dir: "auto" }, error || "It was not taken."),
      h("p", { class: "quiet" }, [attempts && `${attempts} ${attempts === 1 ? "try" : "tries"}`, at && `given up ${now() - new Date(at) < DAY ? ago(at) : date(at)}`].filter(Boolean).join(" · ")), problem),
    h("div", { class: "canned-acts" }, retry));
  }

  load();
  return { node };
}
