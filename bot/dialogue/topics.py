"""What a topic is called on a button."""

_TITLES = {
    "check_order_status": "Where my order is",
    "change_delivery_address": "Change the delivery address",
    "cancel_order": "Cancel an order",
    "report_order_problem": "A problem with an order",
    "request_callback": "Have somebody call me",
    "speak_to_human": "Talk to a person",
    "return_policy": "Returns",
    "refund_time": "When a refund arrives",
    "damaged_item": "Something arrived damaged",
    "invoice": "Getting an invoice",
    "subscription_how": "How subscriptions work",
    "subscription_pause": "Pausing a subscription",
    "subscription_cancel": "Ending a subscription",
    "grind_options": "How we grind",
    "roast_freshness": "Roast dates and freshness",
    "account_password": "Signing in and passwords",
    "delete_my_data": "Deleting my data",
    "pickup_in_store": "Picking up in a café",
    "tastings_and_classes": "Tastings and classes",
    "contact_channels": "How to reach us",
    "sourcing_ethics": "Where the coffee comes from",
    "packaging_recycling": "Recycling the packaging",
}
# Small talk, which is no answer to a question and no topic on a button.
SOCIAL = ("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "compliment", "insult")
# What only buttons and the desk say, and what was not understood.
_UNSAID = ("choose", "handed_back", "out_of_scope", "nlu_fallback")


def title(intent: str) -> str:
    """Return the topic in words; an owner's new topic is called as it is named."""
    return _TITLES.get(intent) or intent.replace("_", " ").capitalize()


def is_topic(intent: str) -> bool:
    return intent.isidentifier() and intent not in (*SOCIAL, *_UNSAID)
