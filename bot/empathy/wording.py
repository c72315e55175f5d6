"""The words of a brief: what a trouble is called, how to begin, what to do and to leave."""

from collections.abc import Sequence

GRAVE = (
    "safety",
    "privacy_or_security",
    "grief",
    "payment_dispute",
)  # whatever else is wrong, the first thing
LIFE = ("grief", "illness", "disability", "hardship")  # nothing that our answers could have solved
OURS = ("late", "damaged", "wrong_item", "missing_item", "refund_trouble", "trouble")  # worth one apology
# by cause: what the matter is, and how to name it to the customer; {order} is " (order CK-1)" or nothing
TROUBLE = {
    "late": ("a late parcel", "your parcel{order} has not come when it should have"),
    "damaged": (
        "something that arrived damaged or spoilt",
        "what you got{order} was not as it should have been",
    ),
    "wrong_item": ("the wrong thing in the parcel", "you got something else than you ordered{order}"),
    "missing_item": ("something missing from the parcel", "part of what you paid for{order} was missing"),
    "refund_trouble": ("a refund that has not come", "your money{order} is not back yet"),
    "access_trouble": ("an account they cannot get into", "you cannot get into your account"),
    "cancel_trouble": ("something they cannot cancel", "you want to cancel{order} and it has not worked"),
    "payment_dispute": ("money taken wrongly", "you have been charged{order} in a way that looks wrong"),
    "privacy_or_security": (
        "their account or data at risk",
        "somebody may have been in your account or data",
    ),
    "safety": ("danger to somebody", "the first thing is that you are safe"),
    "grief": ("a loss", "thank you for telling us"),
    "illness": ("an illness or disability", "thank you for telling us"),
    "disability": ("a disability", "thank you for telling us what gets in the way"),
    "hardship": ("money troubles", "thank you for telling us how things stand"),
    "deadline": ("a date that must be met", "there is a date that hangs on this"),
    "trouble": ("something that does not work", "this{order} has not worked as it should"),
}
# Without a word about the matter, and in a language that we do not read.
UNTOLD = "I am a person and have taken over from the bot. What can I do for you?"
FOREIGN = (
    "I am a person and have your messages in front of me. I am writing in English; "
    "please tell me if another language is easier for you."
)
STEP = {
    "late": "I am checking with the courier where it is now, and will tell you next what we can do.",
    "damaged": "Would you rather have a replacement or your money back? I will arrange it now.",
    "wrong_item": "I am checking the order now; would you rather have the right one or your money back?",
    "missing_item": "I am checking what was packed, and will tell you next when the rest can leave.",
    "refund_trouble": "I am looking at the payment now, and will tell you where it is and what happens next.",
    "access_trouble": "I am looking at the account now, and will get you back in step by step.",
    "cancel_trouble": "I am looking at what can still be stopped, and will confirm it in this chat.",
    "payment_dispute": "I am looking at the payments on your account now, and will tell you what I find.",
    "privacy_or_security": "I am looking at the account now; please change the password if you still can.",
    "safety": "If anybody is in danger, please call the emergency number now; I am here and reading.",
    "grief": "I will put this in order from here; you need not fill in anything, and there is no hurry.",
    "illness": "Tell me what would make this easier, and I will see to it.",
    "disability": "Tell me which way suits you, and I will do the rest from here.",
    "hardship": "I am looking at what is possible for you, without any obligation.",
    "deadline": "I am checking what can be done in time, and will tell you next.",
    "trouble": "I am looking at it now; tell me if anything has changed since you wrote.",
    "": "I am looking into it now, and will tell you the next step.",
}
DOS = {
    "explicit_request": "Say your name and that you are a person.",
    "bot_refusal": "Say your name and that you are a person; do the next step yourself.",
    "anger": "Name what went wrong in their words, apologise once, then act.",
    "frustration_rising": "Begin with what you have read, so that nothing is asked twice.",
    "repeated_question": "Answer the question they asked, first and plainly.",
    "unresolved_after_attempts": "Start with something that has not been tried; the list is above.",
    "churn_threat": "Solve the matter first; an account can be closed if they still want it.",
    "public_review_threat": "Solve the matter; the review is theirs to write.",
    "legal_threat": "Stay with facts and dates; pass it to whoever decides on claims.",
    "vulnerability": "Slow down, take over the paperwork, ask for as little as possible.",
    "safety": "Ask first whether everybody is safe now; give the emergency number.",
    "abuse": "Set one calm boundary; you decide whether it goes on.",
    "high_value_or_urgent": "Say what is possible before the date, with a time.",
    "payment_dispute": "Look at the payments before you answer; give amount and date.",
    "privacy_or_security": "Secure the account first, then explain.",
    "confusion_persistent": "One step at a time, in plain words; ask whether it worked.",
    "deadline": "Say what is possible before the date, with a time.",
    "foreign": "Find somebody who reads their language, or write short and plain sentences.",
    "always": "End with the next step and when it happens.",
}
DONTS = {
    "explicit_request": "Do not send them back to the bot without asking.",
    "bot_refusal": "Do not paste standard answers.",
    "anger": "Do not say that you understand how they feel, or ask them to calm down.",
    "frustration_rising": "Do not ask again for what is on this screen.",
    "repeated_question": "Do not send the same answer again.",
    "unresolved_after_attempts": "Do not repeat the steps that did not help.",
    "churn_threat": "Do not plead or offer a discount before the matter is solved.",
    "public_review_threat": "Do not offer anything in return for silence.",
    "legal_threat": "Do not argue about the law or admit or deny a claim.",
    "vulnerability": "Do not sell anything, and do not ask for proof unless the law asks for it.",
    "safety": "Do not discuss the product before everybody is safe.",
    "abuse": "Do not answer in kind.",
    "high_value_or_urgent": "Do not promise a date that you cannot keep.",
    "payment_dispute": "Do not ask for a card number.",
    "privacy_or_security": "Do not read out personal details; they may not be the owner.",
    "confusion_persistent": "Do not send a list of links.",
    "foreign": "Do not guess what they mean; ask.",
    "always": "Do not blame the customer, the courier or the system.",
}


def listed(parts: Sequence[str]) -> str:
    """Join parts into one phrase."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
