/** What the website chose, over what the owner chose: from the script's data- attributes or `KindhandSettings`. */

import { OWNER } from "./owner.js";

const KNOWN = {
  side: ["right", "left"],
  theme: ["auto", "light", "dark"],
};

/** Return {desk, side, theme, colour, language, launcher, open, ready}; what is wrong falls back to the owner's. */
export function readSettings(script, given = {}) {
  const raw = { ...script.dataset, ...given };
  const oneOf = (name) => (KNOWN[name].includes(raw[name]) ? raw[name] : OWNER[name]);
  const text = (name) => (typeof raw[name] === "string" ? raw[name].slice(0, 200) : OWNER[name]);
  return {
    desk: new URL(script.src, document.baseURI).origin,
    side: oneOf("side"),
    theme: oneOf("theme"),
    colour: typeof raw.color === "string" ? raw.color : text("colour"),
    language: text("language"),
    launcher: typeof raw.launcher === "string" ? { "": raw.launcher.slice(0, 40) } : OWNER.launcher,
    open: raw.open === true || raw.open === "" || raw.open === "true",
    ready: typeof raw.ready === "function" ? raw.ready : null,
  };
}
