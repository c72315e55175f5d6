/** How an agent is called back: a soft sound, a desktop notification; asked once, changed at any time. */

import { choose, chosen } from "./kept.js";

const ALLOWED = "Notification" in window;

/** Make the alerts. Kept as `true` (sound), `false` (silent) or unset, and whether notifications are wanted. */
export function createAlerts() {
  let audio = null;

  const wanted = () => chosen("sound", null);

  async function set(how) {
    choose("sound", how !== "none");
    choose("notify", how === "all");
    if (how !== "none") chime(audio ??= new AudioContext());
    if (how === "all" && ALLOWED && Notification.permission === "default") await Notification.requestPermission();
  }

  function forget() {
    choose("sound", null);
    choose("notify", null);
  }

  /** Call: the sound when it is wanted, the notification when nobody is looking. `seen` runs on a click. */
  function call(title, text, { tag, seen }) {
    if (!wanted()) return;
    chime(audio ??= new AudioContext());
    if (!chosen("notify", false) || !ALLOWED || Notification.permission !== "granted" || document.visibilityState === "visible") return;
    const shown = new Notification(title, { body: text, tag, icon: "/static/console/icon.svg" });
    shown.addEventListener("click", () => { window.focus(); shown.close(); seen(); });
  }

  return { wanted, set, forget, call };
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
