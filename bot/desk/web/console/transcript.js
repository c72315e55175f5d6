/** Send the customer what was said, by e-mail, when they ask for it. */

import { acting } from "./dialog.js";
import { h } from "./dom.js";
import { inSentence } from "./words.js";

/** Make the dialog. */
export function showTranscript({ summary, store, acts, done }) {
  const { card, handoff } = store.get().detail;
  const email = h("input", { id: "transcript-to", type: "email", required: true, maxlength: "254", autocomplete: "off", spellcheck: "false", autofocus: true });
  email.value = (card?.available && card.customer?.email) || handoff?.contact?.email || "";
  return acting("Send the transcript", [
    h("p", {}, `Everything ${inSentence(summary)} could read goes to this address. Private notes and the brief do not.`),
    h("label", { for: "transcript-to" }, "E-mail address"), email,
  ], "Send", () => done(acts.transcript(summary.id, email.value.trim())));
}
