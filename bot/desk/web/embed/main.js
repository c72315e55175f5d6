/** What a website's page runs: a launcher, `window.Kindhand`, and nothing else until the chat is opened. */

import { apiOf, earlierCalls, isLoaded } from "./api.js";
import { Embed } from "./embed.js";
import { readSettings } from "./settings.js";

const script = ownScript();
if (script && !isLoaded()) begin(new Embed(readSettings(script, window.KindhandSettings)));

/** An element with the name `currentScript` could stand in its place, so it has to be a script. */
function ownScript() {
  const { currentScript } = document;
  if (currentScript instanceof HTMLScriptElement) return currentScript;
  const found = document.querySelector('script[src*="/widget.js"]');
  return found instanceof HTMLScriptElement ? found : null;
}

function begin(embed) {
  const calls = earlierCalls();
  const api = apiOf(embed);
  window.Kindhand = api;
  const mount = () => {
    embed.mount(api);
    for (const call of calls) api.push(call);
    window.dispatchEvent(new CustomEvent("kindhand:ready", { detail: api }));
  };
  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount, { once: true });
}
