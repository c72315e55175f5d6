/** Puts the widget on the page and gives the page `window.Kindhand`. */

import { accentTokens } from "./colour.js";
import { Widget } from "./widget.js";
import { readSettings } from "./settings.js";

const SHEETS = ["./widget.css", "../tokens.css"];

/** Mount once; a second script tag changes nothing. */
export async function mount({ desk }) {
  if (window.Kindhand) return;
  const script = document.querySelector(`script[src^="${desk}/widget.js"], script[src^="/widget.js"]`);
  const settings = readSettings(script, window.KindhandSettings);
  const host = document.createElement("kindhand-widget");
  const widget = new Widget({ desk, settings, host });
  window.Kindhand = apiOf(widget);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = await Promise.all(SHEETS.map(sheet));
  dress(host, settings);
  root.append(...widget.nodes);
  document.body.append(host);
  widget.begin();
  settings.ready?.(window.Kindhand);
  window.dispatchEvent(new CustomEvent("kindhand:ready", { detail: window.Kindhand }));
}

/** Constructed sheets need no inline styles and no stylesheet permission from the page. */
async function sheet(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  return new CSSStyleSheet().replace(await answer.text());
}

function dress(host, { side, theme, accent }) {
  host.dataset.side = side;
  if (theme !== "auto") host.dataset.theme = theme;
  for (const [name, value] of Object.entries(accentTokens(accent) ?? {})) host.style.setProperty(name, value);
}

function apiOf(widget) {
  const calls = { ready: widget.ready };
  for (const name of ["open", "close", "toggle", "identify", "reset", "on"]) calls[name] = (...given) => widget[name](...given);
  return Object.freeze(calls);
}
