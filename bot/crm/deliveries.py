"""What goes to the CRM through the outbox: notes and tickets, at least once, under a key."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.crm.adapter import Crm
from bot.errors import CrmError, CrmUnavailable, NotSupported, RecordRefused, Undeliverable

NOTE, TICKET = "crm_note", "crm_ticket"  # kinds of deliveries
logger = logging.getLogger(__name__)
Deliver = Callable[[Mapping[str, Any], str], None]


def note(conversation_id: str, customer_id: str, author: str, text: str) -> dict[str, Any]:
    """Return what is put into the outbox for a note."""
    return {"conversation": conversation_id, "customer": customer_id, "author": author, "text": text}


def ticket(conversation_id: str, customer_id: str | None, kind: str, text: str) -> dict[str, Any]:
    """Return what is put into the outbox for a ticket; the customer is None for a stranger."""
    return {"conversation": conversation_id, "customer": customer_id, "kind": kind, "text": text}


def deliveries(crm: Crm) -> dict[str, Deliver]:
    """Return how each kind is delivered to this CRM. The calls block, and end when the adapter gives up."""

    def deliver_note(told: Mapping[str, Any], key: str) -> None:
        crm.add_note(told["customer"], told["author"], told["text"], key=key)

    def deliver_ticket(told: Mapping[str, Any], key: str) -> None:
        crm.create_ticket(told["customer"], told["kind"], told["text"], key=key)

    return {NOTE: _for_good(deliver_note), TICKET: _for_good(deliver_ticket)}


def _for_good(deliver: Deliver) -> Deliver:
    """Tell apart what may pass and what will not: only a CRM that is away is asked again."""

    def delivered(told: Mapping[str, Any], key: str) -> None:
        try:
            deliver(told, key)
        except CrmUnavailable as problem:
            if isinstance(problem, RecordRefused):
                raise Undeliverable(f"The customer records do not take it: {problem}") from problem
            raise
        except NotSupported as problem:
            # Nobody could mend that; what was noted stays with the conversation.
            logger.info("not delivered: %s", problem)
        except CrmError as problem:
            raise Undeliverable(f"The customer records do not take it: {problem}") from problem

    return delivered
