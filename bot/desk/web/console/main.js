/** Start the console: the desk for who is signed in, the door for who is not. */

import { createApi } from "./api.js";
import { openDesk } from "./desk.js";
import { h } from "./dom.js";
import { createSignIn } from "./signin.js";

const root = document.getElementById("console");
const announcer = document.getElementById("announcer");
const api = createApi();

function showDesk(agent) {
  openDesk({ root, api, agent, announcer, leave: showDoor });
}

function showDoor(why = "") {
  document.title = "Sign in · Kindhand console";
  const door = createSignIn({ api, entered: showDesk, why });
  root.replaceChildren(door.node);
  door.focus();
}

function showTrouble() {
  root.replaceChildren(h("main", { class: "signin" }, h("div", { class: "signin-card" },
    h("h1", {}, "The desk cannot be reached"),
    h("p", {}, "Nothing is lost. Check that Kindhand is running and that you are online."),
    h("button", { type: "button", class: "primary", on: { click: start } }, "Try again"))));
}

async function start() {
  try {
    showDesk((await api.me()).agent);
  } catch (error) {
    if (error.offline) showTrouble();
    else showDoor();
  }
}

start();
