/** The desk of one agent: joins state, socket, acts and the three columns. */

import { createActs } from "./acts.js";
import { createAlerts } from "./alerts.js";
import { createAttention } from "./attention.js";
import { createBar } from "./bar.js";
import { createContext } from "./context.js";
import { createDialogs } from "./dialogs.js";
import { dispatch, emptyState } from "./dispatch.js";
import { h } from "./dom.js";
import { keeper, choose, readKept } from "./kept.js";
import { keyTable, listenForKeys } from "./keys.js";
import { createLink } from "./link.js";
import { NO_FILTERS, VIEWS, isFiltered, mostUrgent, question } from "./lists.js";
import { createOffers } from "./offers.js";
import { createPages } from "./pages.js";
import { createQueue } from "./queue.js";
import { readRoute, route } from "./route.js";
import { createStore } from "./store.js";
import { createTalk } from "./talk.js";
import { keepTicking } from "./time.js";
import { isClosed, isFree, isMine } from "./words.js";

const ENDED = "You were signed out. What you had typed is kept in this tab.";
const TEAM_AGE = 30_000;
const PAUSE = 200;

/** Open the desk inside `root`; `leave` is called when the session has ended. */
export function openDesk({ root, api, agent, announcer, leave }) {
  const store = createStore({ ...emptyState(agent), ...readKept(agent), ...readRoute() });
  const go = (address) => { if (location.hash === address) routed(); else location.hash = address; };
  const show = (id) => go(route(store.get().view, id));
  const send = (frame) => link.send(frame);
  const tell = (text) => { announcer.textContent = text; };
  const acts = createActs({ api, store, send, signedOut: () => close(ENDED) });
  const typing = (conversation, on) => send({ op: "typing", conversation, on });
  const alerts = createAlerts();
  const attention = createAttention({ announcer, alerts, open: show });
  const dialogs = createDialogs({ store, acts, keys: () => table, setKeys: (on) => choose("keys", on) });
  const bar = createBar({ agent, alerts, breather: acts.breather, showKeys: dialogs.keys, reconnect: () => link.now(), signOut, go });
  const queue = createQueue({ store, go, more: acts.more, again: acts.look });
  const talk = createTalk({ store, acts, dialogs: { ...dialogs, transfer }, typing, go, tell });
  const context = createContext({ store, acts, go, show: showMessage });
  const offers = createOffers({ store, take, pass: acts.pass });
  const pages = createPages({ store, api, agent, tell });
  const columns = h("div", { class: "columns" }, queue.node, talk.node, context.node);
  const desk = h("div", { class: "desk" }, bar.node, columns, pages.node, offers.node, dialogs.node);
  const current = () => store.get().detail?.summary;
  const table = keyTable({
    step: queue.step, next, list: (index) => go(route(VIEWS[index].name)), filter: queue.focusFilter, accept: offers.accept, decline: offers.decline,
    claim: () => { if (current() && isFree(current())) acts.claim(current().id); },
    reply: () => { if (current()) talk.focusReply(); }, note: () => { if (current()) talk.focusNote(); }, brief,
    release: () => { if (current() && isMine(current(), agent)) acts.release(current().id); },
    reopen: () => { if (current() && isClosed(current())) acts.reopen(current().id); },
    transfer, snooze: dialogs.snooze, handBack: dialogs.handBack, resolve: dialogs.resolve,
    breather: bar.openBreather, sheet: dialogs.keys, escape,
  });

  for (const { draw } of [bar, queue, talk, context, offers, pages, attention]) store.drawWith(draw);
  store.drawWith(drawPane);
  store.drawWith(keeper(agent));
  store.drawWith(looker);
  root.replaceChildren(desk);
  const link = createLink({ ticket: api.ticket, heard, changed });
  let reviewed = "";
  let looking = null;
  const ticking = keepTicking(desk);
  const gathering = setInterval(acts.loadTeam, TEAM_AGE);
  // In the studio nobody sees the conversations, so no key acts on them, and Escape leaves nothing that is being written.
  const deaf = listenForKeys(table, () => dialogs.open() || store.get().page === "studio");
  const shown = () => store.change((state) => ({ ...state }));
  window.addEventListener("hashchange", routed);
  document.addEventListener("visibilitychange", shown);
  store.change((state) => ({ ...state }));
  acts.loadCanned();

  function heard(frame) {
    const step = dispatch[frame.op];
    const { mine } = store.get().counts;
    if (step) store.change((state) => step(state, frame));
    if (frame.op === "snapshot") fresh();
    if (frame.op === "watching") acts.catchUp(frame);
    if (frame.op === "conversation") review(frame.summary);
    if (frame.op === "counts" && frame.counts.mine !== mine) acts.loadTeam();
  }

  // First load and repair after a break are the same: snapshot, the open conversation, unsent replies.
  async function fresh() {
    acts.loadTeam();
    if (question(store.get())) acts.look();
    if (store.get().openId) await acts.open(store.get().openId);
    acts.deliverAll();
  }

  // Brief, mood and card come only with the whole conversation, so it is read again when they may have changed.
  function review({ id, version, situation, mood, reasons, state, outcome }) {
    const { openId, detail } = store.get();
    const mark = JSON.stringify([id, version, situation, mood, reasons, state, outcome]);
    if (id !== openId || !detail?.summary || mark === reviewed) return;
    reviewed = mark;
    acts.load(id);
  }

  // Past conversations and words in messages are known to the desk only; a short pause gathers letters.
  function looker(state, before) {
    if (!before || question(state) === question(before)) return;
    clearTimeout(looking);
    looking = setTimeout(acts.look, state.filters.q === before.filters.q ? 0 : PAUSE);
  }

  function changed(how) {
    if (how === "signed-out") close(ENDED);
    else store.change({ link: how, typing: null });
  }

  function routed() {
    const read = readRoute();
    const state = store.get();
    const { page, openId, details } = read;
    const view = read.view ?? state.view;
    const moved = openId !== state.openId;
    if (moved) talk.stopTyping();
    store.change({ view, page, details, ...(view !== state.view && { filters: NO_FILTERS, notice: null }) });
    if (moved) openAndFocus(openId);
    else if (details && !state.details) queueMicrotask(context.focus);
    else if (openId && state.details && !details) queueMicrotask(talk.focusHead);
    if (page === null && state.page === "canned") acts.loadCanned();
  }

  async function openAndFocus(id) {
    talk.forget();
    await acts.open(id);
    if (id && store.get().openId === id) queueMicrotask(talk.focusHead);
  }

  function drawPane({ openId, details, page }) {
    columns.dataset.pane = openId ? (details ? "context" : "talk") : "list";
    columns.hidden = Boolean(page);
  }

  function showMessage(seq) {
    const { view, openId, details } = store.get();
    if (details) go(route(view, openId));
    setTimeout(() => talk.show(seq), details ? 50 : 0);
  }

  // On a wide screen the brief is in sight already; elsewhere it has an address of its own.
  function brief() {
    const { view, openId } = store.get();
    if (!current()) return;
    if (context.seen()) context.focus();
    else go(route(view, openId, true));
  }

  async function take(id) {
    if (await acts.claim(id)) go(route("mine", id));
  }

  // Who is there and how much they have should be true when one chooses; half a second is waited for it.
  async function transfer() {
    await Promise.race([acts.loadTeam(), new Promise((done) => { setTimeout(done, 500); })]);
    dialogs.transfer();
  }

  function next() {
    const first = mostUrgent(store.get());
    if (first) go(route("queue", first.id));
    else store.change({ notice: { kind: "done", text: "Nobody is waiting." } });
  }

  function escape() {
    const { filters, view, openId, details, page } = store.get();
    const focused = document.activeElement;
    if (page) go(route(view));
    else if (focused?.id === "filter") { store.change({ filters: NO_FILTERS }); focused.blur(); queue.step(0); } else if (focused?.id === "reply") talk.focusHead();
    else if (isFiltered(filters)) store.change({ filters: NO_FILTERS });
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
    offers.stop();
    clearInterval(ticking);
    clearInterval(gathering);
    window.removeEventListener("hashchange", routed);
    document.removeEventListener("visibilitychange", shown);
    leave(why);
  }
}
