/** What was published, the newest first, with who and when; and work that was put aside. */

import { fill, h } from "../dom.js";
import { clock, date } from "../time.js";
import { changeList } from "./publishchanges.js";

/** Make the list; `back(version)` and `bring(kept)` do what their buttons say. */
export function createVersions({ call, back, bring }) {
  const rows = h("ol", { class: "pub-versions" });
  const more = h("p", { class: "quiet" });
  const versions = h("section", { class: "studio-card", "aria-labelledby": "pub-versions" },
    h("h3", { id: "pub-versions" }, "Versions"),
    h("p", { class: "quiet" }, "Going back publishes what was in a version again, as a new one. Nothing is ever deleted."), rows, more);
  const aside = h("ol", { class: "pub-versions" });
  const kept = h("section", { class: "studio-card", "aria-labelledby": "pub-kept", hidden: true },
    h("h3", { id: "pub-kept" }, "Put aside"),
    h("p", { class: "quiet" }, "Work that was not published when somebody went back or gave changes up."), aside);
  const node = h("div", { class: "pub-past" }, kept, versions);

  /** Show them; while something runs, nothing can be begun. */
  function draw({ versions: published, kept: work, live, more: left, pending }, busy) {
    fill(rows, published.map((version) => row(version, version.id === live?.id,
      version.id === live?.id ? (pending ? "published" : "live") : "", "Go back to this", busy, () => back(version))));
    more.textContent = left ? `and ${left} before these: ./kindhand versions lists them all` : "";
    kept.hidden = !work.length;
    fill(aside, work.map((one) => row(one, false, "", "Bring back", busy, () => bring(one))));
  }

  function row(version, isLive, badge, verb, busy, act) {
    const { id, number, author, note, at } = version;
    const title = number ? `Version ${number}` : note;
    const inside = h("div", {});
    const changed = h("details", { on: { toggle: () => { if (changed.open && !inside.firstChild) show(id, inside, number); } } },
      h("summary", {}, number ? "What it changed" : "What is in it"), inside);
    return h("li", { class: isLive ? "pub-version is-live" : "pub-version" },
      h("div", { class: "studio-head" },
        h("div", { class: "pub-what" },
          h("h4", {}, title, badge && h("span", { class: "pub-badge" }, badge)),
          number > 0 && note && h("p", {}, note),
          h("p", { class: "quiet" }, `${author}, `, h("time", { datetime: at }, `${date(at)}, ${clock(at)}`))),
        !isLive && h("button", { type: "button", disabled: busy, "aria-label": `${verb}: ${title}`, on: { click: act } }, verb)),
      changed);
  }

  async function show(id, inside, number) {
    fill(inside, h("p", { class: "quiet" }, "Loading…"));
    try {
      const { changes } = await call("GET", `publish/versions/${id}`);
      fill(inside, number === 1 ? h("p", { class: "quiet" }, `The beginning: ${changes.length} files.`) : changes.length ? changeList(changes) : h("p", { class: "quiet" }, "Nothing: it is the same."));
    } catch (problem) {
      fill(inside, h("p", { class: "studio-wrong", role: "alert" }, problem.message));
    }
  }

  return { node, draw };
}
