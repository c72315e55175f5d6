/** On which of the website's pages the launcher shows. */

/** Tell whether a path is one of `on` (all, if there are none) and none of `not`; a star stands for anything. */
export function mayShow({ on, not }, path) {
  const fits = (pattern) => new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(path);
  return (on.length === 0 || on.some(fits)) && !not.some(fits);
}

const escaped = (text) => text.replace(/[.+?^${}()|[\]\\/-]/g, "\\$&");

/** Call `moved` when the page's address changes without a reload. */
export function onMove(moved) {
  if (window.navigation) window.navigation.addEventListener("currententrychange", moved);
  else window.addEventListener("popstate", moved);
}
