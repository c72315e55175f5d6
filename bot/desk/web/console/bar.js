/** The bar on top: the connection in words, what one carries, being told, pages, who is signed in. */

import { fill, h, say } from "./dom.js";
import { createMenu } from "./menu.js";
import { PAGES, mayOpen } from "./pages.js";
import { icon } from "./shapes.js";
import { ahead, now } from "./time.js";
import { loadWords } from "./transfer.js";

const LINK = {
  connecting: "Connecting…",
  live: "Live",
  offline: "Offline. What you type is kept; reconnecting…",
};
const BREATHERS = [10, 20, 45];

/** Make the bar; `alerts` asks once how to be told, `breather` gets minutes or 0. */
export function createBar({ agent, alerts, breather, showKeys, reconnect, signOut, go }) {
  const status = h("span", { class: "link-words" });
  const again = h("button", { type: "button", class: "bar-button", hidden: true, on: { click: reconnect } }, "Try now");
  const soundButton = h("button", { type: "button", class: "bar-button", on: { click: () => choose(alerts.wanted() ? "none" : "sound") } });
  const ask = h("div", { class: "ask", role: "group", "aria-label": "Sound and notifications" },
    h("span", {}, "Be told when somebody needs you?"),
    h("button", { type: "button", on: { click: () => choose("all") } }, "Sound and notifications"),
    h("button", { type: "button", on: { click: () => choose("sound") } }, "Only a soft sound"),
    h("button", { type: "button", on: { click: () => choose("none") } }, "No, stay silent"));
  const load = h("span", { class: "load" });
  const rest = createMenu(h("span", { class: "breather-words" }), () => (resting ? [{ text: "I am back", hint: "Be offered conversations again", act: () => breather(0) }]
    : BREATHERS.map((minutes) => ({ text: `${minutes} minutes`, hint: `Until ${ahead(new Date(now() + minutes * 60_000))}`, act: () => breather(minutes) }))), { kind: "bar-button breather", name: "Take a breather" });
  const carried = h("div", { class: "carried", hidden: true }, load, rest.node);
  const me = createMenu(agent.name, () => [
    ...Object.keys(PAGES).filter((name) => mayOpen(name, agent)).map((name) => ({ text: PAGES[name].title, act: () => go(`#/${name}`) })),
    { text: "How you are told…", hint: "Sound and desktop notifications", act: () => { alerts.forget(); drawAlerts(); } },
    { text: "Keys", key: "?", act: showKeys },
    { text: "Sign out", act: signOut },
  ], { kind: "bar-button bar-name opens" });
  const node = h("header", { class: "bar" },
    h("span", { class: "mark" }, "Kindhand"), h("p", { class: "link-state" }, status, again), ask,
    h("div", { class: "bar-acts" }, carried, soundButton,
      h("button", { type: "button", class: "bar-button keys-button", on: { click: showKeys } }, "Keys"), me.node));
  let resting = false;

  function choose(how) {
    alerts.set(how).then(drawAlerts);
    drawAlerts();
  }

  function drawAlerts() {
    ask.hidden = alerts.wanted() !== null;
    soundButton.hidden = !ask.hidden;
    say(soundButton, alerts.wanted() ? "Sound on" : "Sound off");
  }

  function draw({ link, team }, before) {
    if (before?.link !== link) {
      node.dataset.link = link;
      say(status, LINK[link]);
      again.hidden = link !== "offline";
    }
    if (before?.team !== team) drawCarried(team.find(({ id }) => id === agent.id));
  }

  function drawCarried(mine) {
    carried.hidden = !mine;
    if (!mine) return;
    resting = Boolean(mine.breather_until) && new Date(mine.breather_until) > now();
    fill(load, h("span", { class: "load-words" }, "You have "), h("strong", {}, loadWords(mine)));
    load.title = "How much you have of what you can carry; heavy conversations count more";
    const words = resting ? `Breather until ${ahead(mine.breather_until)}` : "Take a breather";
    fill(rest.button, icon("cup"), h("span", { class: "breather-words" }, words));
    rest.button.setAttribute("aria-label", words);
    rest.button.toggleAttribute("data-resting", resting);
  }

  drawAlerts();
  return { node, draw, openBreather: () => { if (!carried.hidden) rest.button.click(); } };
}
