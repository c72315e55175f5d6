"""A small business to learn from, for the tests of this room."""

EXAMPLES = {
    "opening_hours": [
        "when are you open",
        "opening hours please",
        "what time do you close",
        "open on sunday?",
    ],
    "decaf": ["do you have decaf", "coffee without caffeine", "is your decaf any good", "decaf beans"],
    "cancel_order": [
        "cancel my order",
        "I want to cancel the order",
        "stop my order",
        "please cancel order 123",
    ],
    "check_order_status": [
        "where is my order",
        "track my parcel",
        "has my parcel shipped",
        "parcel still not here",
    ],
    "gift_cards": [
        "do you sell gift cards",
        "gift card for a friend",
        "how long is a gift card valid",
        "voucher",
    ],
    "greet": ["hello", "hi there", "good morning", "hey"],
    "affirm": ["yes", "yes please", "that is right", "\U0001f44d"],
}
PAIRS = [(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
