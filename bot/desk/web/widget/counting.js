/** Words that change with a number, by the plural rules of a language. */

/** Return a maker of such words: `counting("en")({ one: "# message", other: "# messages" })(3)` is "3 messages".
 * `#` is where the number stands. A form that a language lacks is `other`. */
export function counting(language) {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language);
  return (forms) => {
    const words = (count) => (forms[rules.select(count)] ?? forms.other).replace("#", digits.format(count));
    return Object.assign(words, { forms });
  };
}
