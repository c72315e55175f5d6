/** The page in the widget's frame; opened by itself, it is a chat over the whole window. */

import { accentTokens } from "../embed/colour.js";
import { Chat } from "./chat.js";
import { Host } from "./host.js";
import { Memory } from "./memory.js";
import { speak } from "./words.js";

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const memory = new Memory();
const settings = JSON.parse(root.dataset.kindhand);
const host = new Host(settings.origins); // listens before anything is waited for

dress();
let wishes = asked.get("lang")?.split(",") ?? [settings.language];
await say();
await new Promise((done) => setTimeout(done)); // what is built next is a task of its own: a slow phone can answer a touch between
const chat = new Chat({ settings, host, memory, onLanguage });
document.body.append(chat.node);
host.hear("setLocale", (call) => {
  wishes = call.wishes;
  change();
});
host.hear("theme", ({ theme }) => (root.dataset.theme = theme));
if (host.alone) chat.alone();
else host.met.then(() => host.tell("here"));

/** What the visitor chose comes first, then what the website wishes, then what the browser does. */
function say() {
  return speak([memory.language, ...wishes, ...navigator.languages], root);
}

/** Without a catalogue, as when the line is down, all stays as it was. */
function change() {
  return say().then(() => chat.speak(), console.warn);
}

function onLanguage(language) {
  memory.language = language;
  return change();
}

function dress() {
  root.dataset.theme = asked.get("theme") ?? settings.theme;
  for (const [name, value] of Object.entries(accentTokens(asked.get("colour") ?? settings.colour) ?? {})) root.style.setProperty(name, value);
}
