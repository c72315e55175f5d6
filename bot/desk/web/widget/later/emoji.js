/** A few faces and signs to put into a message. Screen readers know their names in every language. */

import { el } from "../dom.js";
import { WORDS } from "../words.js";

const GROUPS = {
  faces: "😀 😄 😊 🙂 😉 😍 🥰 😎 🤔 😐 🙄 😕 🙁 😟 😢 😭 😠 😡 😱 😳 🥺 😅 😂 🤗 😴 🤞",
  hands: "👍 👎 👌 👏 🙏 🤝 👋 💪 🙌 🤷 🤦 👀",
  signs: "❤️ 💔 ✨ ⭐ 🎉 🎁 ✅ ❌ ❓ ❗ 💯 🔥",
  things: "📦 🚚 📬 🛒 💳 💶 🧾 📞 📧 📷 ⏰ 📅 🏠 ☕ 🍀 🌞",
};

export class Emoji {
  #leave;
  #button;
  node;

  /** `pick(sign)` puts one into the message; `leave()` puts the faces away; `button` opens them. */
  constructor({ pick, leave, button }) {
    [this.#leave, this.#button] = [leave, button];
    const groups = Object.entries(GROUPS).flatMap(([name, signs]) => group(name, signs.split(" "), pick));
    const on = { onkeydown: (event) => this.#key(event), onfocusout: ({ relatedTarget }) => this.#left(relatedTarget) };
    this.node = el("div", { class: "emoji", role: "dialog", "aria-label": () => WORDS.emoji, ...on }, ...groups);
  }

  /** Take the focus, to the first face. */
  focus() {
    this.#to(this.#faces[0]);
  }

  get #faces() {
    return [...this.node.querySelectorAll("button")];
  }

  /** One stop for Tab; the arrows move within. */
  #to(button) {
    for (const face of this.#faces) face.tabIndex = face === button ? 0 : -1;
    button.focus();
  }

  #left(to) {
    if (to !== this.#button && !this.node.contains(to) && this.node.isConnected) this.#leave();
  }

  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      return this.#leave();
    }
    const to = this.#towards(event.key, event.target);
    if (!to) return;
    event.preventDefault();
    this.#to(to);
  }

  #towards(key, from) {
    const all = this.#faces;
    const forward = getComputedStyle(this.node).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key === "Home") return all[0];
    if (key === "End") return all.at(-1);
    if (key === "ArrowLeft" || key === "ArrowRight") return all[all.indexOf(from) + (key === forward ? 1 : -1)];
    if (key === "ArrowUp") return nearest(from, all, -1);
    return key === "ArrowDown" ? nearest(from, all, 1) : null;
  }
}

function group(name, signs, pick) {
  const button = (sign) => el("button", { type: "button", onclick: () => pick(sign) }, sign);
  const title = () => WORDS.emojiGroups[name];
  return [el("h3", { "aria-hidden": "true" }, title), el("div", { class: "faces", role: "group", "aria-label": title }, ...signs.map(button))];
}

/** The button straight above (-1) or below (1), across the groups. */
function nearest(from, all, way) {
  const [top, left] = [from.offsetTop, from.offsetLeft];
  const off = (button) => (button.offsetTop - top) * way * 1000 + Math.abs(button.offsetLeft - left);
  return all.filter((button) => (button.offsetTop - top) * way > 0).sort((one, other) => off(one) - off(other))[0];
}
