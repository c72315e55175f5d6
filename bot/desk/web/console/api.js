/** The console's calls to the desk. */

import { setClock } from "./time.js";

const WAIT = 15_000;
const LONG_WAIT = 300_000; // for a file on a slow line

/** What the desk refused or why it could not be reached. */
export class ApiError extends Error {
  constructor(code, text, status, details = {}) {
    super(text);
    Object.assign(this, { code, text, status, details });
  }

  get offline() { return this.status === 0 || this.status >= 502; }

  get signedOut() { return this.status === 401; }
}

/** Make the calls; the CSRF token is learnt at sign-in and stays in here. `busy` hears how many are on their way. */
export function createApi(base = "/api/console", busy = () => {}) {
  let csrf = "";
  let running = 0;

  async function call(method, path, body, wait = WAIT) {
    const changes = method !== "GET";
    const file = body instanceof Blob;
    busy(running += 1);
    try {
      const response = await reach(`${base}/${path}`, {
        method,
        credentials: "same-origin",
        headers: changes ? { "Content-Type": file ? "application/octet-stream" : "application/json", "X-CSRF-Token": csrf } : {},
        body: changes ? (file ? body : JSON.stringify(body ?? {})) : undefined,
        signal: AbortSignal.timeout(wait),
      });
      setClock(response.headers.get("Date"));
      const data = await response.json().catch(() => ({}));
      if (!response.ok) throw refusal(response.status, data.error ?? {});
      if (data.csrf) csrf = data.csrf;
      return data;
    } finally {
      busy(running -= 1);
    }
  }

  const at = (id, verb) => `conversations/${encodeURIComponent(id)}${verb ? `/${verb}` : ""}`;
  const verb = (name) => (id, body) => call("POST", at(id, name), body);
  return {
    call,
    attach: (id, cmid, file) => call("POST", `${at(id, "attachments")}?${new URLSearchParams({ cmid, name: file.name })}`, file, LONG_WAIT),
    me: () => call("GET", "me"),
    login: (email, password, more = {}) => call("POST", "login", { email, password, ...more }),
    logout: () => call("POST", "logout"),
    ticket: async () => (await call("POST", "ticket")).ticket,
    list: (view, asked = {}) => call("GET", `conversations?${new URLSearchParams({ view, ...asked })}`),
    conversation: (id) => call("GET", at(id)),
    claim: verb("claim"),
    pass: verb("pass"),
    reply: verb("reply"),
    handBack: verb("hand-back"),
    resolve: verb("resolve"),
    transfer: verb("transfer"),
    release: verb("release"),
    snooze: verb("snooze"),
    reopen: verb("reopen"),
    note: verb("notes"),
    verdict: verb("verdict"),
    transcript: verb("transcript"),
    team: () => call("GET", "team"),
    breather: (minutes) => call("POST", "me/breather", { minutes }),
    canned: () => call("GET", "canned"),
  };
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new ApiError("offline", "The desk cannot be reached just now.", 0);
  }
}

function refusal(status, { code = "internal", text = "The desk could not do that just now.", ...details }) {
  return new ApiError(code, text, status, details);
}
