/** The page for whoever puts the chat on a website: lines to copy, with the desk's real address in them. */

import { h, say } from "./dom.js";

const EXAMPLE = "https://desk.example";
const WAYS = [
  ["Plain HTML", "html", ["Paste this line before </body>, on every page that should have the chat."]],
  ["WordPress", "wordpress", ["Save this as kindhand.php in wp-content/plugins, and activate “Kindhand chat” under Plugins.", "A plugin for lines in the footer does as well; it takes the line of “Plain HTML”."]],
  ["Shopify", "html", ["Online Store, Themes, “…”, Edit code: open theme.liquid.", "Paste this line before </body> and save."]],
  ["Wix", "html", ["Settings, Custom code, Add custom code: paste this line.", "Choose “All pages” and “Body – end”. Wix offers this for sites with a domain of their own."]],
  ["React", "react", ["Put <Kindhand /> once into your outermost component. With Next.js, mark the file with \"use client\"."]],
];
const SERVERS = [["Python", "python"], ["PHP", "php"], ["Node", "node"]];

/** Make the page, as `pages.js` tells. */
export function createPage({ api, tell }) {
  const node = h("div", { class: "install" }, h("p", { class: "quiet" }, "Loading…"));
  load();
  return { node };

  async function load() {
    try {
      const [{ desk, sites }, texts] = await Promise.all([api.call("GET", "install"), snippets()]);
      const text = (name) => texts[name].replaceAll(EXAMPLE, desk ?? location.origin);
      node.replaceChildren(line(text), allowed(sites), people(text), look(), policy(text));
    } catch (problem) {
      node.replaceChildren(h("p", {}, problem.message), h("button", { type: "button", on: { click: load } }, "Try again"));
    }
  }

  function line(text) {
    return part("The line for your pages", ...WAYS.map(([name, file, steps], i) => h("details", { name: "install-way", open: i === 0 },
      h("summary", {}, name), h("ol", {}, steps.map((step) => h("li", {}, step))), code(text(file), name))));
  }

  function allowed(sites) {
    const example = "KINDHAND_ALLOWED_ORIGINS=https://www.yourshop.example,https://yourshop.example";
    if (sites.length) return part("Where it may stand", h("p", {}, "The chat opens on these sites, besides the desk's own pages. They are set in KINDHAND_ALLOWED_ORIGINS."), h("ul", {}, sites.map((site) => h("li", {}, site))));
    return part("Where it may stand", h("p", {}, h("strong", {}, "No website is allowed to show the chat yet.")), h("p", {}, "Name yours in the file .env beside ./kindhand, with https:// and without a path, and start again:"), code(example, "the setting"));
  }

  function people(text) {
    return part("Say who is signed in",
      h("p", {}, "Without this, every visitor is a guest. With it, customers are greeted by name, find their conversation on every device, and can ask about their orders. Your server signs who they are, for ten minutes; the secret is the one in KINDHAND_IDENTITY_SECRET, or in the file identity_secret of the var folder. It must never reach a browser."),
      ...SERVERS.map(([name, file], i) => h("details", { name: "install-server", open: i === 0 }, h("summary", {}, name), code(text(file), name))),
      h("p", {}, "Let your server answer /chat-identity with that text for whoever is signed in, and with nothing for everybody else. On your pages, beside the line from above:"), code(text("user"), "the lines for your pages"),
      h("p", {}, "When somebody logs out, call Kindhand.reset()."));
  }

  function look() {
    return part("How it looks", h("p", {}, "Colour, corner, words on the button, pages, questions before the chat and the survey are chosen in data/business/widget.yml. Any colour is made legible by itself. Check the file with ./kindhand check and start again."));
  }

  function policy(text) {
    return part("With a content security policy", h("p", {}, "If your pages send one, add this to it. The script needs nothing inline."), code(text("policy").trim(), "the policy"));
  }

  function part(title, ...children) {
    return h("section", { class: "part" }, h("h2", {}, title), ...children);
  }

  function code(text, name) {
    const copy = h("button", { type: "button", "aria-label": `Copy: ${name}`, on: { click: take } }, "Copy");
    const shown = h("pre", { tabindex: "0", role: "group", "aria-label": name }, h("code", {}, text.trimEnd()));

    async function take() {
      try {
        await navigator.clipboard.writeText(text.trimEnd());
        say(copy, "Copied");
        tell(`${name} is copied.`);
      } catch {
        getSelection().selectAllChildren(shown);
        tell(`${name} is selected; copy it with your keyboard.`);
      }
      setTimeout(() => say(copy, "Copy"), 2_000);
    }

    return h("div", { class: "snippet" }, shown, copy);
  }
}

async function snippets() {
  const names = [...new Set([...WAYS.map(([, file]) => file), ...SERVERS.map(([, file]) => file), "user", "policy"])];
  const texts = await Promise.all(names.map(async (name) => {
    const answer = await fetch(`/static/install/${name}.txt`);
    if (!answer.ok) throw new Error("This page did not load. Nothing is lost.");
    return [name, await answer.text()];
  }));
  return Object.fromEntries(texts);
}
