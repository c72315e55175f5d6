"""What the customer records are told of a hand-over: put into the outbox with the change that causes it."""

from bot.business import Business
from bot.crm import deliveries
from bot.crm.card import CALLBACK
from bot.handoff.availability import LATER
from bot.handoff.life import ENDED
from bot.handoff.model import Agent, Handoff
from bot.handoff.record import Record
from bot.outbox.outbox import Outbox
from bot.storage import agents, handoffs, notes

OUTCOMES = {
    "solved": "Solved.",
    "answered_later": "To be answered later.",
    "no_reply": "The customer did not reply.",
    "not_ours": "Not ours to solve.",
    "spam": "Spam.",
    ENDED: "The customer ended the chat.",
}
FORGET = "forget"  # the kind of delivery by which the bot forgets a conversation
WAYS = {"email": "e-mail", "phone": "phone"}


class Postings:
    """Each of these is part of the record's own transaction, and posts the same thing once."""

    def __init__(self, outbox: Outbox, business: Business) -> None:
        self._outbox, self._business = outbox, business

    def handed_back(self, record: Record, agent: Agent, note: str) -> None:
        """Post what the agent told the bot was agreed."""
        if note:
            self._note(record, agent.name, note)

    def resolved(self, record: Record, agent: Agent, outcome: str | None) -> None:
        """Post how it came out and what agents noted meanwhile; nothing if nobody noted anything."""
        handoff = record.handoff
        if handoff is None or outcome == "spam":
            return
        said = [
            f"{agents.name_of(record.connection, note.agent_id) or 'A colleague'}: {note.text}"
            for note in notes.of(record.connection, record.conversation.id)
            if note.at >= handoff.opened_at
        ]
        if said:
            self._note(record, agent.name, " ".join([OUTCOMES.get(outcome or "", "Resolved."), *said]))

    def promised(self, record: Record) -> None:
        """Post that somebody is to be called or written to, once we know who it is or how to reach them."""
        handoff, customer_id = record.handoff, record.conversation.customer_id
        if handoff is None or handoff.availability != LATER or not (customer_id or handoff.contact):
            return
        # Whoever is not signed in is told apart by what they leave, which may come bit by bit.
        known = "" if customer_id else f":{'+'.join(sorted(handoff.contact or {}))}"
        ticket = deliveries.ticket(record.conversation.id, customer_id, CALLBACK, self._wish(handoff))
        self._outbox.add(record.connection, deliveries.TICKET, f"callback:{handoff.id}{known}", ticket)

    def called_back(self, record: Record, cmid: str) -> None:
        """Post that somebody asked for an answer elsewhere, each time they do."""
        handoff = record.handoff
        if handoff:
            now = record.conversation
            ticket = deliveries.ticket(now.id, now.customer_id, CALLBACK, self._wish(handoff))
            self._outbox.add(record.connection, deliveries.TICKET, f"callback:{handoff.id}:{cmid}", ticket)

    def erased(self, record: Record) -> None:
        """Take back what has not left yet, and have the bot forget too."""
        connection, id = record.connection, record.conversation.id
        self._outbox.forget(connection, id, handoffs.ids(connection, id))
        self._outbox.add(connection, FORGET, f"forget:{id}", {"conversation": id})

    def _note(self, record: Record, author: str, text: str) -> None:
        now = record.conversation
        if now.customer_id and record.handoff:
            note = deliveries.note(now.id, now.customer_id, author, text)
            key = f"note:{record.handoff.id}:{now.version}"
            self._outbox.add(record.connection, deliveries.NOTE, key, note)

    def _wish(self, handoff: Handoff) -> str:
        parts = ["Asked for a person while nobody could answer."]
        labels = [str(reason["label"]) for reason in handoff.reasons if reason.get("label")]
        if labels:
            parts.append(f"Why: {', '.join(labels[:5])}.")
        ways = [f"{WAYS[way]} {address}" for way, address in (handoff.contact or {}).items() if way in WAYS]
        if ways:
            parts.append(f"Reach them by {' or '.join(ways)}.")
        if handoff.promised_at:
            by = handoff.promised_at.astimezone(self._business.zone)
            parts.append(f"Promised by {by:%Y-%m-%d %H:%M}.")
        return " ".join(parts)
