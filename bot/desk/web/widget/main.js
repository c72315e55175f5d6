/** The page in the widget's frame; opened by itself, it is a chat over the whole window. */

import { accentTokens } from "../embed/colour.js";
import { Chat } from "./chat.js";
import { Host } from "./host.js";
import { speak } from "./words.js";

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const settings = JSON.parse(root.dataset.kindhand);
const host = new Host(settings.origins); // listens before anything is waited for

dress();
await say(asked.get("lang")?.split(",") ?? []);
const chat = new Chat({ settings, host });
document.body.append(chat.node);
host.hear("setLocale", ({ wishes }) => say(wishes));
host.hear("theme", ({ theme }) => (root.dataset.theme = theme));
if (host.alone) chat.alone();
else host.met.then(() => host.tell("here"));

function say(wishes) {
  return speak([...wishes, ...navigator.languages], root);
}

function dress() {
  root.dataset.theme = asked.get("theme") ?? "auto";
  for (const [name, value] of Object.entries(accentTokens(asked.get("colour")) ?? {})) root.style.setProperty(name, value);
}
