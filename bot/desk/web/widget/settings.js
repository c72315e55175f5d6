/** What the website's owner chose, from `window.KindhandSettings` or from data- attributes of the script. */

const KNOWN = {
  side: ["right", "left"],
  theme: ["auto", "light", "dark"],
};

/** Return {side, theme, accent, open, name, ready}; what is missing or wrong falls back to the default. */
export function readSettings(script, given = {}) {
  const raw = { ...script?.dataset, ...given };
  const oneOf = (name) => (KNOWN[name].includes(raw[name]) ? raw[name] : KNOWN[name][0]);
  return {
    side: oneOf("side"),
    theme: oneOf("theme"),
    accent: raw.accent ?? null,
    open: raw.open === true || raw.open === "" || raw.open === "true",
    name: raw.name ?? null,
    ready: typeof raw.ready === "function" ? raw.ready : null,
  };
}
