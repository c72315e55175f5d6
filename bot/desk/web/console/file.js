/** A file in the conversation: a small picture to enlarge, or a document to save. The desk has looked into both. */

import { h } from "./dom.js";
import { icon } from "./shapes.js";

const address = (id, query = "") => `/api/console/attachments/${encodeURIComponent(id)}${query}`;

/** Give the node for a file; `from` names who sent it, for those who do not see it. */
export function fileNode({ id, name, kind, size, width, height }, from) {
  if (!kind.startsWith("image/")) {
    return h("p", { class: "said file" }, icon("page"), h("a", { href: address(id, "?save=1"), download: name }, h("bdi", {}, name)), ` ${amount(size)}`);
  }
  const text = `Picture from ${from}: ${name}`;
  const picture = h("img", { src: address(id, "?small=1"), alt: text, width, height, loading: "lazy" });
  return h("button", { type: "button", class: "photo", title: name, on: { click: () => enlarge(id, name, text) } }, picture);
}

function enlarge(id, name, text) {
  const close = h("button", { type: "button", class: "primary", on: { click: () => dialog.close() } }, "Close");
  const dialog = h("dialog", { class: "viewer", "aria-label": name, on: { close: () => dialog.remove(), keydown: (event) => event.stopPropagation() } },
    h("img", { src: address(id), alt: text }),
    h("div", { class: "dialog-acts" }, h("a", { href: address(id, "?save=1"), download: name }, "Save"), close));
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

/** Say how big a file is. */
export function amount(bytes) {
  return bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 2 ** 10))} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
