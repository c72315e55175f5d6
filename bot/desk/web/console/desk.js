/** The desk of one agent: joins state, socket, acts and the three columns. */

import { createActs } from "./acts.js";
import { createAttention } from "./attention.js";
import { createBar } from "./bar.js";
import { createContext } from "./context.js";
import { createDialogs } from "./dialogs.js";
import { dispatch, emptyState } from "./dispatch.js";
import { h } from "./dom.js";
import { keeper, choose, readKept } from "./kept.js";
import { keyTable, listenForKeys } from "./keys.js";
import { createLink } from "./link.js";
import { isFree } from "./words.js";
import { mostUrgent } from "./lists.js";
import { createQueue } from "./queue.js";
import { readRoute, route } from "./route.js";
import { createStore } from "./store.js";
import { createTalk } from "./talk.js";
import { keepTicking } from "./time.js";

/** Open the desk inside `root`; `leave` is called when the session has ended. */
export function openDesk({ root, api, agent, announcer, leave }) {
  const store = createStore({ ...emptyState(agent), ...readKept(agent), ...readRoute() });
  const go = (address) => { if (location.hash === address) routed(); else location.hash = address; };
  const send = (frame) => link.send(frame);
  const acts = createActs({ api, store, send, signedOut: () => close("You were signed out. What you had typed is kept in this tab.") });
  const typing = (conversation, on) => send({ op: "typing", conversation, on });
  const attention = createAttention(announcer);
  const dialogs = createDialogs({ store, acts, keys: () => table, setKeys: (on) => choose("keys", on) });
  const bar = createBar({ agent, sound: attention.sound, showKeys: dialogs.keys, reconnect: () => link.now(), signOut });
  const queue = createQueue({ store, go });
  const talk = createTalk({ store, acts, dialogs, typing, go });
  const context = createContext({ store, acts, go, show: (seq) => showMessage(seq) });
  const columns = h("div", { class: "columns" }, queue.node, talk.node, context.node);
  const desk = h("div", { class: "desk" }, bar.node, columns, dialogs.node);
  const table = keyTable({
    step: queue.step, openRow: () => {}, next, reply: talk.focusReply, claim,
    handBack: dialogs.handBack, resolve: dialogs.resolve, filter: queue.focusFilter, sheet: dialogs.keys, escape,
  });

  for (const { draw } of [bar, queue, talk, context, attention]) store.drawWith(draw);
  store.drawWith(drawPane);
  store.drawWith(keeper(agent));
  root.replaceChildren(desk);
  const link = createLink({ ticket: api.ticket, heard, changed });
  let reviewed = "";
  const ticking = keepTicking(desk);
  const deaf = listenForKeys(table, dialogs.open);
  const shown = () => store.change((state) => ({ ...state }));
  window.addEventListener("hashchange", routed);
  document.addEventListener("visibilitychange", shown);
  store.change((state) => ({ ...state }));
  if (store.get().view === "resolved") acts.loadResolved();

  function heard(frame) {
    const step = dispatch[frame.op];
    if (step) store.change((state) => step(state, frame));
    if (frame.op === "snapshot") fresh();
    if (frame.op === "conversation") review(frame.summary);
  }

  // First load and repair after a break are the same: snapshot, the open conversation, unsent replies.
  async function fresh() {
    if (store.get().openId) await acts.open(store.get().openId);
    if (store.get().view === "resolved") acts.loadResolved();
    acts.deliverAll();
  }

  // Brief, mood and card come only with the whole conversation, so it is read again when they may have changed.
  function review({ id, version, situation, mood, reasons }) {
    const { openId, detail } = store.get();
    const mark = JSON.stringify([id, version, situation, mood, reasons]);
    if (id !== openId || !detail?.summary || mark === reviewed) return;
    reviewed = mark;
    acts.load(id);
  }

  function changed(how) {
    if (how === "signed-out") close("You were signed out. What you had typed is kept in this tab.");
    else store.change({ link: how, typing: null });
  }

  function routed() {
    const { view, openId, details } = readRoute();
    const state = store.get();
    const moved = openId !== state.openId;
    const turned = view !== state.view;
    if (moved) talk.stopTyping();
    store.change({ view, details, ...(turned && { filter: "", notice: null }) });
    if (turned && view === "resolved") acts.loadResolved();
    if (moved) openAndFocus(openId);
    else if (details && !state.details) queueMicrotask(context.focus);
    else if (openId && state.details && !details) queueMicrotask(talk.focusHead);
  }

  async function openAndFocus(id) {
    talk.forget();
    await acts.open(id);
    if (id && store.get().openId === id) queueMicrotask(talk.focusHead);
  }

  function drawPane({ openId, details }) {
    columns.dataset.pane = openId ? (details ? "context" : "talk") : "list";
  }

  function showMessage(seq) {
    const { view, openId, details } = store.get();
    if (details) go(route(view, openId));
    setTimeout(() => talk.show(seq), details ? 50 : 0);
  }

  function next() {
    const first = mostUrgent(store.get());
    if (first) go(route("queue", first.id));
    else store.change({ notice: { kind: "done", text: "Nobody is waiting." } });
  }

  function claim() {
    const { detail, openId } = store.get();
    if (detail?.summary && isFree(detail.summary)) acts.claim(openId);
  }

  function escape() {
    const { filter, view, openId, details } = store.get();
    const focused = document.activeElement;
    if (focused?.id === "filter") { store.change({ filter: "" }); queue.step(0); } else if (focused?.id === "reply") talk.focusHead();
    else if (filter) store.change({ filter: "" });
    else if (details) go(route(view, openId));
    else if (openId) { go(route(view)); queue.step(0); }
  }

  async function signOut() {
    await api.logout().catch(() => {});
    close("");
  }

  function close(why) {
    link.stop();
    deaf();
    clearInterval(ticking);
    window.removeEventListener("hashchange", routed);
    document.removeEventListener("visibilitychange", shown);
    leave(why);
  }
}
