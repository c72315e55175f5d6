/** What must survive a reload: drafts and unsent replies for this tab, choices for this browser. */

const DRAFTS = "kindhand.console.drafts";
const OUTBOX = "kindhand.console.outbox";

/** Read what this agent had typed and not sent; what was on its way counts as not sent. */
export function readKept(agent, storage = sessionStorage) {
  const outbox = read(storage, `${OUTBOX}.${agent.id}`, []);
  return {
    drafts: read(storage, `${DRAFTS}.${agent.id}`, {}),
    outbox: outbox.filter(({ kind }) => kind !== "file").map((entry) => ({ ...entry, state: "failed", why: "" })),
  };
}

/** Give a drawer that writes drafts and unsent replies down whenever they change. */
export function keeper(agent, storage = sessionStorage) {
  return (state, before) => {
    if (state.drafts !== before?.drafts) write(storage, `${DRAFTS}.${agent.id}`, state.drafts);
    if (state.outbox !== before?.outbox) write(storage, `${OUTBOX}.${agent.id}`, state.outbox);
  };
}

/** Remember a choice in this browser. */
export const choose = (name, value) => write(localStorage, `kindhand.console.${name}`, value);

/** Give back a choice made in this browser. */
export const chosen = (name, otherwise) => read(localStorage, `kindhand.console.${name}`, otherwise);

// A browser may forbid storage altogether; then the console works without a memory.
function read(storage, name, otherwise) {
  try {
    return JSON.parse(storage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(storage, name, value) {
  try {
    storage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing to do: see above.
  }
}
