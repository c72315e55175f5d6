/** What is asked before a story is duplicated, divided or deleted. */

import { acting, choices, chosenIn, closer, frame, showDialog } from "../dialog.js";
import { h } from "../dom.js";
import { field } from "../fields.js";

const problemIn = (problem) => (problem.offline ? "The desk cannot be reached just now. Nothing was changed." : problem.message);

/** Ask for the name of a copy; `unsaved` tells whether the copy would be without what was just changed. */
export function askName({ call, place, path, mark, first, unsaved, done }) {
  const { node, input } = field("s-copy", "Name of the copy", { value: first, maxlength: "120", required: true });
  show(place, "Duplicate", [unsaved() && h("p", { class: "s-note" }, "What you changed and did not save will not be in the copy."), node], "Duplicate", async () => done(await call("POST", path, { mark, name: input.value })));
}

/** Ask how to divide a story before its step `at`. */
export function askSplit({ call, place, path, mark, at, first, done }) {
  const { node, input } = field("s-part", "Name of the second part", { value: first, maxlength: "120", required: true });
  const how = choices("s-joined", "After the first part", [
    { value: "joined", text: "The second goes on", hint: "Others can lead to it as well." },
    { value: "apart", text: "It ends; the second is a story of its own" },
  ], "joined");
  show(place, "Divide the story here", [node, how], "Divide", async () => done(await call("POST", path, { mark, name: input.value, at, joined: chosenIn(how) === "joined" })));
}

/** Ask whether to delete. */
export function askDelete({ call, place, path, mark, name, done }) {
  const go = h("button", { type: "button", class: "danger", on: { click: async () => {
    go.disabled = true;
    try {
      await call("DELETE", path, { mark });
      dialog.close();
      done();
    } catch (problem) {
      error.textContent = problemIn(problem);
      go.disabled = false;
    }
  } } }, "Delete");
  const error = h("p", { class: "dialog-error", role: "alert" });
  const dialog = frame("Delete it?", h("p", {}, `“${name}” goes from your files. What customers see changes when you publish; the version before can always be brought back.`), error, h("div", { class: "dialog-acts" }, closer("Cancel"), go));
  showDialog(place, dialog);
}

function show(place, title, fields, verb, act) {
  showDialog(place, acting(title, fields, verb, async () => {
    try {
      await act();
      return "";
    } catch (problem) {
      return problemIn(problem);
    }
  }));
}
