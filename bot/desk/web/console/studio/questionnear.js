/** Which other question an example is too near to: asked while it is typed, said under its field. */

import { fill, h } from "../dom.js";

const PAUSE = 250;
const AGAIN = 1500; // while the examples are still being compared
const TRIES = 20;

/** Make the asking for one question; `intent` is null for a new one. */
export function createNear({ call, tell }, intent) {
  const known = new Map();
  let last = Promise.resolve();

  /** Give what a text is too near to: `{ intent, title, example, question }`, or null. One is asked after the other. */
  function ask(text) {
    if (!known.has(text)) {
      last = last.then(() => look(text)).catch(() => { known.delete(text); return null; });
      known.set(text, last);
    }
    return known.get(text);
  }

  async function look(text, tries = TRIES) {
    const { near, compared = true } = await call("POST", "questions/near", { text, ...(intent && { intent }) });
    if (compared) return near.find(({ too_near: tooNear }) => tooNear) ?? null;
    if (!tries) throw new Error("not compared");
    await new Promise((go) => { setTimeout(go, AGAIN); });
    return look(text, tries - 1);
  }

  /** Say under `field`, in `slot`, what it is too near to; now and whenever it changes. */
  function watch(field, slot) {
    let timer = 0;
    const look = async (aloud) => {
      const text = field.value.trim();
      const found = text.length > 2 && text.length < 1000 ? await ask(text) : null;
      if (field.value.trim() === text) show(field, slot, found, aloud);
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (slot.firstChild) slot.dataset.old = "";
      timer = setTimeout(() => look(true), PAUSE);
    });
    return look;
  }

  function show(field, slot, found, aloud) {
    const before = slot.textContent;
    delete slot.dataset.old;
    fill(slot, found && words(found));
    field.toggleAttribute("data-near", Boolean(found));
    if (found && aloud && slot.textContent !== before) tell(`Too near to ${found.title}.`);
  }

  return { ask, watch };
}

function words({ intent, title, example, question = true }) {
  const name = question ? h("a", { href: `#/studio/questions/${encodeURIComponent(intent)}` }, `“${title}”`) : `“${title}”`;
  return h("p", { class: "q-near" }, h("strong", {}, "Too near to "), name, example !== title && ` (“${example}”)`, ". Customers who write this may get the other answer.");
}
