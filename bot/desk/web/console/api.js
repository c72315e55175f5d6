/** The console's calls to the desk. */

const WAIT = 15_000;

/** What the desk refused or why it could not be reached. */
export class ApiError extends Error {
  constructor(code, text, status, details = {}) {
    super(text);
    Object.assign(this, { code, text, status, details });
  }

  get offline() { return this.status === 0 || this.status >= 502; }

  get signedOut() { return this.status === 401; }
}

/** Make the calls; the CSRF token is learnt at sign-in and stays in here. */
export function createApi(base = "/api/console") {
  let csrf = "";

  async function call(method, path, body) {
    const response = await reach(`${base}/${path}`, {
      method,
      credentials: "same-origin",
      headers: method === "POST" ? { "Content-Type": "application/json", "X-CSRF-Token": csrf } : {},
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      signal: AbortSignal.timeout(WAIT),
    });
    const data = await response.json().catch(() => ({}));
    if (!response.ok) throw refusal(response.status, data.error ?? {});
    if (data.csrf) csrf = data.csrf;
    return data;
  }

  const at = (id, verb) => `conversations/${encodeURIComponent(id)}${verb ? `/${verb}` : ""}`;
  return {
    me: () => call("GET", "me"),
    login: (email, password) => call("POST", "login", { email, password }),
    logout: () => call("POST", "logout"),
    ticket: async () => (await call("POST", "ticket")).ticket,
    list: (view) => call("GET", `conversations?view=${encodeURIComponent(view)}`),
    conversation: (id) => call("GET", at(id)),
    claim: (id, version) => call("POST", at(id, "claim"), { version }),
    reply: (id, cmid, text) => call("POST", at(id, "reply"), { cmid, text }),
    handBack: (id, version, note) => call("POST", at(id, "hand-back"), { version, note }),
    resolve: (id, version) => call("POST", at(id, "resolve"), { version }),
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
