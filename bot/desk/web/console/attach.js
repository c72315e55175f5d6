/** How an agent sends a file: by a button, dropped on the conversation, or pasted into the reply. */

import { h } from "./dom.js";
import { icon } from "./shapes.js";

const KINDS = ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"];

/** Make the button; `send(file)` is called for each file while `may()`. `place` takes what is dropped. */
export function createAttach({ place, may, send }) {
  const input = h("input", { type: "file", multiple: true, accept: KINDS.join(), hidden: true, on: { change: chosen } });
  const button = h("button", { type: "button", class: "attach", title: "Send a picture or PDF", on: { click: () => input.click() } }, icon("clip"), h("span", { class: "unseen" }, "Send a picture or PDF"));

  function chosen() {
    const files = [...input.files];
    input.value = ""; // so that the same one can be chosen again
    take(files);
  }

  function pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.clipboardData.getData("text/plain") || !may()) return;
    event.preventDefault();
    take(files);
  }

  function dragged(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.toggleAttribute("data-over", event.type === "dragover" && may());
    if (event.type === "drop") take([...event.dataTransfer.files]);
  }

  function take(files) {
    if (may()) files.forEach(send);
  }

  place.addEventListener("paste", pasted);
  for (const kind of ["dragover", "dragleave", "drop"]) place.addEventListener(kind, dragged);
  return { nodes: [button, input], draw: () => { button.hidden = !may(); } };
}
