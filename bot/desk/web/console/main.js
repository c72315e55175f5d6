/** Start the console: the desk for who is signed in, the door for who is not. */

import { createApi } from "./api.js";
import { openDesk } from "./desk.js";
import { h } from "./dom.js";
import { createProgress } from "./progress.js";
import { readInvitation } from "./route.js";
import * as door from "./signin.js";

const root = document.getElementById("console");
const announcer = document.getElementById("announcer");
const progress = createProgress();
const api = createApi("/api/console", progress.busy);
document.body.append(progress.node);

function showDesk(agent) {
  if (readInvitation()) history.replaceState(null, "", "#/queue");
  openDesk({ root, api, agent, announcer, leave: showDoor });
}

function showDoor(why = "") {
  document.title = "Sign in · Kindhand console";
  const { node, focus } = door.createSignIn({ api, entered: showDesk, why });
  root.replaceChildren(node);
  focus();
}

// Whoever follows an invitation or a reset chooses a password first, whoever is signed in here now.
function showInvitation(token) {
  document.title = "Welcome · Kindhand console";
  const { node, focus } = door.createAccept({ api, token, entered: showDesk, leave: showDoor });
  root.replaceChildren(node);
  focus();
}

function showTrouble() {
  root.replaceChildren(h("main", { class: "signin" }, h("div", { class: "signin-card" },
    h("h1", {}, "The desk cannot be reached"),
    h("p", {}, "Nothing is lost. Check that Kindhand is running and that you are online."),
    h("button", { type: "button", class: "primary", on: { click: start } }, "Try again"))));
}

async function start() {
  const token = readInvitation();
  if (token && door.createAccept) { showInvitation(token); return; }
  try {
    showDesk((await api.me()).agent);
  } catch (error) {
    if (error.offline) showTrouble();
    else showDoor();
  }
}

start();
