/** The address of what is on screen, so that Back, reload and a shared link work. */

import { VIEWS } from "./lists.js";

const NAMES = ["studio", "canned", "undelivered", "team", "install", "audit", "account"];

/** Read `#/queue/ID/details`, or `#/team` for a page beside the desk; `view` is missing there. */
export function readRoute(hash = location.hash) {
  const [view, id, details] = hash.replace(/^#\/?/, "").split("/");
  if (NAMES.includes(view)) return { page: view, openId: null, details: false };
  return {
    page: null,
    view: VIEWS.some(({ name }) => name === view) ? view : "queue",
    openId: id ? decoded(id) : null,
    details: details === "details",
  };
}

/** Read `#/accept/TOKEN`, the address in an invitation or a reset; null for every other one. */
export function readInvitation(hash = location.hash) {
  return decoded(/^#\/accept\/([^/]+)$/.exec(hash)?.[1] ?? "") || null;
}

/** Write the address of a list, a conversation in it, or what is known about that customer. */
export function route(view, id = null, details = false) {
  return `#/${[view, id && encodeURIComponent(id), id && details && "details"].filter(Boolean).join("/")}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
