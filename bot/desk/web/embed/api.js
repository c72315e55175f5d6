/** `window.Kindhand`: what a page can ask of the widget. Calls may be made before the script has come:
 * `window.Kindhand = window.Kindhand || []; Kindhand.push(["open"]);` */

const LOADED = Symbol.for("kindhand");
const CALLS = ["open", "close", "toggle", "setUser", "setLocale", "setTheme", "reset", "on"];

export const isLoaded = () => Boolean(window.Kindhand?.[LOADED]);

export function earlierCalls() {
  return Array.isArray(window.Kindhand) ? [...window.Kindhand] : [];
}

export function apiOf(embed) {
  const api = { ready: embed.ready, [LOADED]: true };
  for (const name of CALLS) api[name] = (...given) => embed[name](...given);
  /** Each is a function that gets us, or the name of a call and what it is given. */
  api.push = (...calls) => calls.forEach((call) => run(api, call));
  return Object.freeze(api);
}

function run(api, call) {
  if (typeof call === "function") return call(api);
  const [name, ...given] = Array.isArray(call) ? call : [];
  if (CALLS.includes(name)) return api[name](...given);
  console.warn(`Kindhand has no call “${name}”. It has: ${CALLS.join(", ")}.`);
}
