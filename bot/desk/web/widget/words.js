/** Every word of our own that a visitor can read or hear. */

export const WORDS = {
  launcher: "Open chat",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  panel: (business) => (business ? `Chat with ${business}` : "Chat"),
  nobodyYet: "Chat",
  close: "Close chat",
  log: "Conversation",
  assistant: "Automated assistant",
  person: "Talk to a person",
  personAsked: "Asking for a person",
  personWaiting: "A person has been asked",
  personHere: "You are talking to a person",
  waiting: "Waiting for a person",
  /** Where somebody stands in the queue; only what the desk knows is said. */
  standing: ({ availability, place, minutes }) => {
    if (availability === "later") return "A person gets back to you";
    const before = place === 1 ? "you are next" : `${place - 1} before you`;
    const wait = minutes && (minutes === 1 ? "about a minute" : `about ${minutes} minutes`);
    return `Waiting for a person: ${[place && before, wait].filter(Boolean).join(", ")}`.replace(/: $/, "");
  },
  leave: "Go on with the assistant instead",
  you: "You",
  bot: (name) => `${name} · automated`,
  said: { visitor: "You", bot: (name) => `${name}, automated`, agent: (name) => `${name}, a person`, system: "Note" },
  joined: (name) => `${name} has joined`,
  botBack: "The automated assistant is back",
  choices: "Suggested replies",
  input: "Your message",
  send: "Send",
  room: (left) => `Room for about ${left} more ${left === 1 ? "character" : "characters"}`,
  tooLong: (over) => `Too long by about ${over} ${over === 1 ? "character" : "characters"}. Please send it in parts.`,
  sending: "Sending",
  sent: "Sent",
  read: "Read",
  notSent: (why) => (why ? `Not sent. ${why}` : "Not sent"),
  tryAgain: "Try again",
  typing: (name) => `${name} is writing`,
  offline: "No connection. What you write is kept and sent when we are back.",
  back: "Connected again.",
  newBelow: "New message",
  today: "Today",
  yesterday: "Yesterday",
};
