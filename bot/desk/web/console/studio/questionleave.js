/** Asks before somebody leaves what is not saved. It is kept in any case; this is so that nobody believes it was saved. */

import { closer, frame, showDialog } from "../dialog.js";
import { h } from "../dom.js";

/** Watch over a page; `unsaved()` tells whether there is something, `forget()` throws it away. */
export function createLeave({ place, unsaved, forget }) {
  function clicked(event) {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.target || link.hash === location.hash || !unsaved()) return;
    event.preventDefault();
    ask(link.href);
  }

  function ask(address) {
    const leave = () => { dialog.close(); close(); location.href = address; };
    const dialog = frame("Your changes are not saved", h("p", {}, "They stay in this tab until you come back or close it. Customers notice nothing yet."),
      h("div", { class: "dialog-acts q-leave" },
        h("button", { type: "button", class: "danger", on: { click: () => { forget(); leave(); } } }, "Throw them away"),
        h("button", { type: "button", on: { click: leave } }, "Leave, keep them for later"),
        closer("Stay here")));
    dialog.querySelector(".q-leave button:last-child").classList.add("primary");
    dialog.querySelector(".q-leave button:last-child").autofocus = true;
    showDialog(place, dialog);
  }

  // The tab itself is closed or loaded anew: the browser asks, in words of its own.
  function unload(event) {
    if (unsaved()) event.preventDefault();
  }

  function close() {
    document.removeEventListener("click", clicked, true);
    window.removeEventListener("beforeunload", unload);
  }

  document.addEventListener("click", clicked, true);
  window.addEventListener("beforeunload", unload);
  return { close };
}
