/** What was typed and not saved, for this tab: it survives a wrong turn and a reload. */

const PREFIX = "kindhand.studio.question";
const NEW = "+";
const BROUGHT = "kindhand.studio.new"; // `{ examples }` that another page has a new question begin with

/** Make the drawer of one owner. A question is named by its intent; the one that is not there yet by null. */
export function createKept({ id }, storage = sessionStorage) {
  const prefix = `${PREFIX}.${id}.`;
  const name = (intent) => prefix + (intent ?? NEW);

  /** Give `{ base, draft }`, as they were kept: the question as it was opened and as it was then typed. */
  function read(intent) {
    try {
      return JSON.parse(storage.getItem(name(intent)));
    } catch {
      return null;
    }
  }

  // A browser may forbid storage, or have no room left: then leaving is asked about, and nothing else helps.
  function keep(intent, told) {
    try {
      storage.setItem(name(intent), JSON.stringify(told));
    } catch {
      drop(intent);
    }
  }

  function drop(intent) {
    try {
      storage.removeItem(name(intent));
    } catch {
      // See above.
    }
  }

  /** Name the questions of which something is kept. */
  function intents() {
    try {
      return new Set(Object.keys(storage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
    } catch {
      return new Set();
    }
  }

  /** Give the examples that a new question is to begin with, once. */
  function brought() {
    try {
      const told = JSON.parse(storage.getItem(BROUGHT));
      storage.removeItem(BROUGHT);
      return told?.examples ?? [];
    } catch {
      return [];
    }
  }

  return { brought, read, keep, drop, intents, hasNew: () => intents().has(NEW) };
}
