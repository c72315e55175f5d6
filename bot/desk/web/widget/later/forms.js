/** The sheets of the menu and of the queue. Each is shown with {chat, place, done}. */

import { LANGUAGES, LOCALE, WORDS } from "../words.js";
import { Entry, Options } from "./entries.js";
import { showSheet } from "./sheet.js";

const mailEntry = () => new Entry({ label: WORDS.email, type: "email", inputmode: "email", maxlength: 254, dir: "ltr" });

export function copy({ chat, ...around }) {
  const email = mailEntry();
  const said = { title: WORDS.copyTitle, text: WORDS.copyText, verb: WORDS.sendCopy };
  return showSheet({ ...around, ...said, entries: [email], act: () => chat.sendCopy(email.value) });
}

export function elsewhere({ chat, ...around }) {
  const email = mailEntry();
  const said = { title: WORDS.elsewhere, text: WORDS.elsewhereText, verb: WORDS.sendLink };
  return showSheet({ ...around, ...said, entries: [email], act: () => chat.continueElsewhere(email.value) });
}

export function language({ onLanguage, ...around }) {
  const named = (tag) => [tag, capital(new Intl.DisplayNames(tag, { type: "language" }).of(tag), tag), tag];
  const spoken = new Options({ legend: WORDS.language, unseen: true, options: LANGUAGES.map(named), chosen: LOCALE.split("-")[0] });
  return showSheet({ ...around, title: WORDS.language, entries: [spoken], verb: WORDS.useIt, act: () => onLanguage(spoken.value) });
}

export function end({ chat, ...around }) {
  return showSheet({ ...around, title: WORDS.endTitle, text: WORDS.endText, verb: WORDS.end, act: () => chat.end() });
}

export function erase({ chat, ...around }) {
  const said = { title: WORDS.eraseTitle, text: WORDS.eraseText(chat.business?.name ?? ""), verb: WORDS.eraseDo, cancel: WORDS.keep };
  return showSheet({ ...around, ...said, grave: true, act: () => chat.erase() });
}

/** Somebody comes by the link of a letter. It can be used once, so it does not stay in the address. */
export function arrive({ chat, code, ...around }) {
  const said = { title: WORDS.arriveTitle, text: WORDS.arriveText, verb: WORDS.arrive, cancel: WORDS.notNow };
  const act = async () => {
    await chat.openLink(code);
    history.replaceState(null, "", location.pathname + location.search);
  };
  return showSheet({ ...around, ...said, act });
}

/** An address for an answer, or a number and a moment for a call. */
export function callback({ chat, ...around }) {
  const soon = (time) => (day.value && new Date(`${day.value}T${time || "23:59"}`) < new Date() ? WORDS.tooEarly : "");
  const way = new Options({ legend: WORDS.reachYou, unseen: true, options: [["email", WORDS.byEmail], ["phone", WORDS.byPhone]], chosen: "email", onChange: turn });
  const [email, phone] = [mailEntry(), new Entry({ label: WORDS.phone, type: "tel", maxlength: 40, dir: "ltr" })];
  const day = new Entry({ label: WORDS.day, type: "date", required: false, min: isoDay(new Date()), more: () => soon(time.value) });
  const time = new Entry({ label: WORDS.time, type: "time", required: false });
  const moment = { node: paired(day, time), input: day.input, check: () => day.check() && time.check() };

  function turn(to) {
    email.node.hidden = to !== "email";
    phone.node.hidden = moment.node.hidden = to !== "phone";
  }

  async function act() {
    if (way.value === "email") return chat.callback({ email: email.value });
    const at = day.value ? new Date(`${day.value}T${time.value || "09:00"}`).toISOString() : null;
    return chat.callback({ phone: phone.value, at });
  }

  turn("email");
  return showSheet({ ...around, title: WORDS.reachYou, text: WORDS.reachText, entries: [way, email, phone, moment], verb: WORDS.leaveIt, act });
}

function paired(...entries) {
  const node = document.createElement("div");
  node.className = "pair";
  node.append(...entries.map((entry) => entry.node));
  return node;
}

/** A date as the field wants it, in the visitor's own zone. */
function isoDay(at) {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function capital([first, ...others], tag) {
  return first.toLocaleUpperCase(tag) + others.join("");
}
