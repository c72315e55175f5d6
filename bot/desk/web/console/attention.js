/** What calls the agent back: one announcer, the tab's title and icon, sound and notifications. */

import { offersTo, wantingEyes } from "./lists.js";
import { moodWord } from "./shapes.js";
import { left, now } from "./time.js";
import { inSentence, isMine, nameOf } from "./words.js";

const ICONS = { quiet: "/static/console/icon.svg", wanted: "/static/console/icon-unread.svg" };

/** Give a drawer that announces what is new and keeps title and icon true; `open` shows a conversation. */
export function createAttention({ announcer, alerts, open }) {
  let known = null;

  function announce(text) {
    if (text) announcer.textContent = text;
  }

  function draw(state, before) {
    drawTab(state);
    announce(linkWords(state, before) ?? noticeWords(state, before) ?? messageWords(state, before));
    if (!state.ready || state.conversations === before?.conversations) return;
    const fresh = news(state);
    const first = fresh[0];
    if (!first) return;
    announce(fresh.length > 1 && first.kind === "waiting" ? `${fresh.length} new hand-overs.` : first.said);
    alerts.call(first.title, first.text, { tag: `kindhand ${first.id}`, seen: () => open(first.id) });
  }

  // Offers first, then people who wait, then answers in one's own conversations that one does not look at.
  function news(state) {
    const now_ = noteworthy(state);
    const fresh = known ? [...now_].filter(([mark]) => !known.has(mark)).map(([, one]) => one) : [];
    known = new Set(now_.keys());
    return fresh;
  }

  return { draw };
}

function noteworthy(state) {
  const { conversations, agent, openId } = state;
  const all = [...conversations.values()];
  const offers = offersTo(state, now());
  const waiting = all.filter(({ owner }) => owner.kind === "waiting");
  const answered = all.filter((one) => isMine(one, agent) && one.unread > 0 && !(one.id === openId && document.visibilityState === "visible"));
  return new Map([
    ...offers.map((one) => [`offer ${one.id} ${one.offered_until}`, { id: one.id, kind: "offer", title: `For you: ${nameOf(one)}`, text: one.situation ?? "",
      said: `Offered to you: ${nameOf(one)}, ${moodWord(one.mood.label).toLowerCase()}. ${left(one.offered_until)} seconds to decide. Press a to take it, p to pass.` }]),
    ...waiting.map((one) => [`waiting ${one.id}`, { id: one.id, kind: "waiting", title: `${nameOf(one)} needs a person`, text: one.situation ?? one.reasons?.[0]?.label ?? "", said: handOverWords(one) }]),
    ...answered.map((one) => [`answer ${one.id} ${one.last_message?.at}`, { id: one.id, kind: "answer", title: nameOf(one), text: one.last_message?.text ?? "",
      said: one.id === openId ? null : `${nameOf(one)} answered.` }]),
  ]);
}

function drawTab(state) {
  const count = wantingEyes(state, document.visibilityState === "visible");
  const title = count ? `(${count}) Kindhand console` : "Kindhand console";
  if (document.title !== title) document.title = title;
  const icon = document.querySelector("link[rel=icon]");
  const href = count ? ICONS.wanted : ICONS.quiet;
  if (icon.getAttribute("href") !== href) icon.setAttribute("href", href);
}

function handOverWords(summary) {
  const reason = summary.reasons?.[0]?.label;
  return `New hand-over: ${nameOf(summary)}, ${moodWord(summary.mood.label).toLowerCase()}${reason ? `. ${reason}` : ""}.`;
}

function messageWords({ detail, agent }, before) {
  const old = before?.detail;
  if (!detail?.summary || old?.summary?.id !== detail.summary.id || old.messages === detail.messages) return null;
  const last = detail.messages.at(-1);
  if (!last || last.seq <= (old.messages.at(-1)?.seq ?? 0) || (last.speaker === "agent" && last.name === agent.name)) return null;
  return last.speaker === "visitor" ? `${inSentence(detail.summary)}: ${last.text}` : `${last.name || "Note"}: ${last.text}`;
}

function noticeWords({ notice }, before) {
  return notice && notice !== before?.notice ? notice.text : null;
}

function linkWords({ link }, before) {
  if (!before || link === before.link) return null;
  if (link === "offline") return "Connection lost. What you type is kept.";
  return link === "live" && before.link === "offline" ? "Connected again." : null;
}
