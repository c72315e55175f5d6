/** The `{words}` in prepared answers: filled from what is known, found again where something is missing. */

import { firstName } from "./words.js";

const PLACE = /\{([a-z][a-z0-9_]*)\}/gi;

/** Give what is known for a conversation: name, agent, order, and the facts of the business. */
export function known({ summary, card, brief, agent, facts }) {
  const customer = card?.available ? card.customer : null;
  const told = (name) => (brief?.filled ?? []).find((one) => one.name === name)?.value;
  const orders = card?.available ? card.orders ?? [] : [];
  return {
    ...facts,
    name: firstName(customer?.name || summary.customer?.name),
    full_name: customer?.name || summary.customer?.name,
    email: customer?.email,
    agent: firstName(agent.name),
    order: told("order_number") ?? orders[0]?.number,
  };
}

/** Fill in what is known; the rest stays as it is, to be seen and dealt with. */
export function filled(text, values) {
  return text.replace(PLACE, (whole, name) => {
    const value = values[name.toLowerCase()];
    return value === null || value === undefined || value === "" ? whole : String(value);
  });
}

/** Find what is still missing: `[{ start, end, name }]`. */
export function missing(text) {
  return [...text.matchAll(PLACE)].map(({ index, 0: whole, 1: name }) => ({ start: index, end: index + whole.length, name }));
}
