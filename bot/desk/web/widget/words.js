/** Every word of our own that a visitor can read or hear, in the visitor's language.
 * There is a catalogue for each language in words/, and only the chosen one is loaded. */

export const LANGUAGES = ["en", "de", "es", "fr", "pt", "ar"];
const RIGHT_TO_LEFT = ["ar"];

/** The present catalogue. Read it when a word is shown: it changes with the language. */
export let WORDS = null;
/** The language for `Intl`, with the visitor's region where it is known: "en-GB". */
export let LOCALE = "en";

const nodes = new Set(); // weakly, so that what is gone from the screen is not kept
const drawings = new WeakMap();
let asked = 0;

/** Choose among wishes (language tags; the dearest first, some may be empty): the first that there are words for. */
export function languageFor(wishes) {
  const tags = wishes.map(tagOf).filter((tag) => tag && LANGUAGES.includes(tag.language));
  const language = tags[0]?.language ?? LANGUAGES[0];
  const regional = tags.find((tag) => tag.language === language && tag.region);
  return { language, locale: regional ? `${language}-${regional.region}` : language };
}

/** Load the words for a list of wishes and put them wherever words are shown, with `lang` and `dir` on the root. */
export async function speak(wishes, root) {
  const turn = ++asked;
  const { language, locale } = languageFor(wishes);
  const { default: words } = await import(`./words/${language}.js`);
  if (turn !== asked) return; // another language was asked for meanwhile
  [WORDS, LOCALE] = [words, locale];
  root.lang = locale;
  root.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  for (const held of nodes) {
    const node = held.deref();
    if (node) drawings.get(node).forEach((draw) => draw(node));
    else nodes.delete(held);
  }
}

/** Draw words on a node, now and again whenever the language changes. */
export function worded(node, draw) {
  if (!drawings.has(node)) {
    drawings.set(node, []);
    nodes.add(new WeakRef(node));
  }
  drawings.get(node).push(draw);
  draw(node);
}

/** Read a language tag as people write it: "pt-BR", "pt_BR". Null when it is none. */
function tagOf(text) {
  try {
    return new Intl.Locale(String(text ?? "").trim().replaceAll("_", "-"));
  } catch {
    return null;
  }
}
