/** What calls the agent back: one announcer, the tab's title and icon, and a soft sound if they want one. */

import { wantingEyes } from "./lists.js";
import { choose, chosen } from "./kept.js";
import { moodWord } from "./shapes.js";
import { inSentence, nameOf } from "./words.js";

const ICONS = { quiet: "/static/console/icon.svg", wanted: "/static/console/icon-unread.svg" };

/** Give a drawer that announces what is new and keeps title and icon true. */
export function createAttention(announcer) {
  const sound = createSound();
  let known = null;

  function announce(text) {
    if (text) announcer.textContent = text;
  }

  function draw(state, before) {
    drawTab(state);
    announce(linkWords(state, before) ?? noticeWords(state, before) ?? messageWords(state, before));
    if (!state.ready || state.conversations === before?.conversations) return;
    const waiting = [...state.conversations.values()].filter(({ owner }) => owner.kind === "waiting");
    const fresh = known ? waiting.filter(({ id }) => !known.has(id)) : [];
    known = new Set(waiting.map(({ id }) => id));
    if (!fresh.length) return;
    announce(handOverWords(fresh));
    sound.play();
  }

  return { draw, sound };
}

function drawTab(state) {
  const count = wantingEyes(state, document.visibilityState === "visible");
  const title = count ? `(${count}) Kindhand console` : "Kindhand console";
  if (document.title !== title) document.title = title;
  const icon = document.querySelector("link[rel=icon]");
  const href = count ? ICONS.wanted : ICONS.quiet;
  if (icon.getAttribute("href") !== href) icon.setAttribute("href", href);
}

function handOverWords(fresh) {
  if (fresh.length > 1) return `${fresh.length} new hand-overs.`;
  const [summary] = fresh;
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

function createSound() {
  let audio = null;
  return {
    wanted: () => chosen("sound", null),
    set(on) {
      choose("sound", on);
      if (on) this.play();
    },
    play() {
      if (!chosen("sound", false)) return;
      audio ??= new AudioContext();
      chime(audio);
    },
  };
}

function chime(audio) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 528;
  volume.gain.setValueAtTime(0.0001, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.08, audio.currentTime + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.6);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.65);
}
