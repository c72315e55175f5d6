/** Where the preview stands: beside the form where there is room, over it on a phone. */

import { closer, frame, showDialog } from "../dialog.js";
import { fill, h } from "../dom.js";
import { createPreview } from "./questionpreview.js";

const ROOM = matchMedia("(min-width: 1100px)");

/** Make the place; `drawn()` is called for a new preview, which then wants to be told what to show. */
export function createSeen({ pick, drawn }) {
  const node = h("aside", { class: "q-aside", "aria-label": "How it looks in the chat" });
  const dialogs = h("div", {});
  let preview = null;
  let why = "";

  function place() {
    drop();
    if (!ROOM.matches) return;
    preview = createPreview({ pick });
    put();
  }

  function put() {
    fill(node, why ? h("p", { class: "studio-card quiet" }, why) : preview.node);
  }

  function open() {
    if (ROOM.matches) return;
    preview = createPreview({ pick });
    const dialog = frame("How it looks in the chat", why ? h("p", {}, why) : preview.node, h("div", { class: "dialog-acts" }, closer("Close")));
    dialog.classList.add("q-over");
    dialog.addEventListener("close", drop);
    showDialog(dialogs, dialog);
    drawn();
  }

  function drop() {
    preview?.close();
    preview = null;
    fill(node);
  }

  function changed() {
    place();
    drawn();
  }

  ROOM.addEventListener("change", changed);
  place();
  return {
    node, dialogs, open,
    show: (told) => { if (why) { why = ""; if (ROOM.matches) put(); } preview?.show(told); },
    trouble: (text) => { why = text; if (ROOM.matches) put(); },
    close: () => { ROOM.removeEventListener("change", changed); drop(); },
  };
}
