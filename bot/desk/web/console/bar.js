/** The bar on top: the connection in words, sound, keys, who is signed in. */

import { h, say } from "./dom.js";

const LINK = {
  connecting: "Connecting…",
  live: "Live",
  offline: "Offline. What you type is kept; reconnecting…",
};

/** Make the bar. */
export function createBar({ agent, sound, showKeys, reconnect, signOut }) {
  const status = h("span", { class: "link-words" });
  const again = h("button", { type: "button", class: "bar-button", hidden: true, on: { click: reconnect } }, "Try now");
  const soundButton = h("button", { type: "button", class: "bar-button", on: { click: () => choose(!sound.wanted()) } });
  const ask = h("div", { class: "ask", role: "group", "aria-label": "Sound" },
    h("span", {}, "A soft sound for new hand-overs?"),
    h("button", { type: "button", on: { click: () => choose(true) } }, "Yes, please"),
    h("button", { type: "button", on: { click: () => choose(false) } }, "No, stay silent"));
  const node = h("header", { class: "bar" },
    h("span", { class: "mark" }, "Kindhand"), h("p", { class: "link-state" }, status, again), ask,
    h("div", { class: "bar-acts" }, soundButton,
      h("button", { type: "button", class: "bar-button", on: { click: showKeys } }, "Keys"),
      h("span", { class: "bar-name" }, agent.name),
      h("button", { type: "button", class: "bar-button", on: { click: signOut } }, "Sign out")));

  function choose(on) {
    sound.set(on);
    drawSound();
  }

  function drawSound() {
    ask.hidden = sound.wanted() !== null;
    soundButton.hidden = !ask.hidden;
    say(soundButton, sound.wanted() ? "Sound on" : "Sound off");
  }

  function draw({ link }) {
    node.dataset.link = link;
    say(status, LINK[link]);
    again.hidden = link !== "offline";
  }

  drawSound();
  return { node, draw };
}
