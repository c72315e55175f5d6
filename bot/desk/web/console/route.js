/** The address of what is on screen, so that Back, reload and a shared link work. */

import { VIEWS } from "./lists.js";

/** Read `#/queue/ID/details`. */
export function readRoute(hash = location.hash) {
  const [view, id, details] = hash.replace(/^#\/?/, "").split("/");
  return {
    view: VIEWS.some(({ name }) => name === view) ? view : "queue",
    openId: id ? decodeURIComponent(id) : null,
    details: details === "details",
  };
}

/** Write the address of a list, a conversation in it, or what is known about that customer. */
export function route(view, id = null, details = false) {
  return `#/${[view, id && encodeURIComponent(id), id && details && "details"].filter(Boolean).join("/")}`;
}
