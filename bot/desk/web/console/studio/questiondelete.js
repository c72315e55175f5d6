/** Deleting a question: asked about in plain words, and when it cannot be, it is said why. */

import { closer, frame, showDialog } from "../dialog.js";
import { h } from "../dom.js";

/** Ask, and delete it. */
export function confirmDelete({ call, place, path, mark, title, done }) {
  const error = h("p", { class: "dialog-error", role: "alert" });
  const go = h("button", { type: "button", class: "danger", on: { click: act } }, "Delete it");
  const dialog = frame(`Delete “${title}”?`,
    h("p", {}, "Its examples and answers go out of your files. Customers notice it once you publish; an earlier version brings it back."),
    error, h("div", { class: "dialog-acts" }, closer("Keep it"), go));

  async function act() {
    go.disabled = true;
    try {
      await call("DELETE", path, { mark });
    } catch (problem) {
      error.textContent = problem.offline ? "The desk cannot be reached just now. Nothing was deleted." : problem.message;
      go.disabled = false;
      return;
    }
    dialog.close();
    done();
  }

  showDialog(place, dialog);
}
