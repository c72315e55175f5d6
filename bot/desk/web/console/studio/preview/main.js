/** The page in the studio's frame: the chat as visitors have it, showing what the studio tells it to. */

import { accentTokens } from "../../../embed/colour.js";
import { Panel } from "../../../widget/panel.js";
import { shape } from "../../../widget/viewport.js";
import { speak } from "../../../widget/words.js";
import { Shown } from "./shown.js";

const root = document.documentElement;
const shown = new Shown();
let panel = null;

window.addEventListener("message", ({ source, origin, data }) => {
  if (source === parent && origin === location.origin && data?.show) show(data.show);
});
parent.postMessage({ preview: "here" }, location.origin);

/** Show `{ chat, question, answer: { text, buttons } }`; with the first one the chat is dressed and opened. */
async function show({ chat, question, answer }) {
  panel ??= open(chat);
  const { node } = await panel;
  shown.turn(chat, question, answer);
  // It is there to be looked at: only the conversation can be scrolled.
  for (const part of node.querySelectorAll(".header, .bottom, .choices")) part.inert = true;
}

async function open({ theme, colour, language, name, emoji, sound }) {
  root.dataset.theme = theme;
  for (const [token, value] of Object.entries(accentTokens(colour) ?? {})) root.style.setProperty(token, value);
  await speak([language, ...navigator.languages], root);
  shape(true);
  const made = new Panel(shown, { name, memory: { draft: "", sound: false }, emoji, sound });
  document.body.append(made.node);
  made.show({ focus: false });
  return made;
}
