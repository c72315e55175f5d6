/** How customers may feel when an answer is said, in the order in which wordings stand. */

export const TONES = [
  { tone: "plain", customer: "calm", title: "Plain, for the calm", when: "Said to everybody who is calm, and to all for whom nothing else is written." },
  { tone: "warm", customer: "uneasy", title: "Warm, for the uneasy", when: "Said when somebody begins to worry: the same facts, a little more gently." },
  { tone: "careful", customer: "upset", title: "Careful, for the upset", when: "Said when somebody is upset: name the trouble, say the next step, leave a way to a person." },
];
