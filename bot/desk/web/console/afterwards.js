/** What the visitor said when asked how it went. */

import { pair } from "./brief.js";
import { h } from "./dom.js";
import { moment } from "./time.js";

const UNDERSTOOD = { yes: "Felt understood", partly: "Felt partly understood", no: "Did not feel understood" };
const CAUSES = { resolved: "after it was resolved", ended: "after they ended it", silence: "after a while of silence" };

/** Draw each survey that has an answer or was skipped, the newest first; nothing when nobody was asked. */
export function afterwardsNodes(surveys) {
  return (surveys ?? []).map((survey) => h("div", { class: "afterwards" }, said(survey), h("p", { class: "quiet" }, `Asked ${moment(survey.asked_at)}, ${CAUSES[survey.cause] ?? survey.cause}`)));
}

function said(survey) {
  const { understood, satisfaction, effort, recommend, comment } = survey;
  const rows = [
    satisfaction !== null && pair("Satisfied", `${satisfaction} of 5`),
    effort !== null && pair("Effort", `${effort} of 5${effort >= 4 ? ", a lot" : ""}`),
    recommend !== null && pair("Recommends us", `${recommend} of 10`),
  ].filter(Boolean);
  if (!understood && !rows.length && !comment) return h("p", {}, survey.skipped_at ? "Skipped the questions." : "Has not answered so far.");
  return [
    understood && h("p", { class: "lead" }, UNDERSTOOD[understood]),
    comment && h("blockquote", { dir: "auto" }, comment),
    rows.length ? h("dl", { class: "pairs" }, rows) : null,
  ];
}

/** Tell bad news: a person has to look at it. */
export const isUnhappy = (survey) => survey?.understood === "no" || (survey?.satisfaction ?? 5) <= 2;

/** Say in a few words how a resolved conversation was found; "" without an answer to that. */
export function foundWords(survey) {
  if (!survey?.understood && !survey?.satisfaction) return "";
  if (isUnhappy(survey)) return "Not happy afterwards";
  return survey.understood === "partly" || survey.satisfaction === 3 ? "Partly happy afterwards" : "Happy afterwards";
}
