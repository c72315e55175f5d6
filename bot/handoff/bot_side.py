"""What the bot does: answer, excuse itself, ask for a person."""

from bot.handoff import life
from bot.handoff.ledger import Ledger
from bot.handoff.model import (
    AGENT,
    ANSWERED,
    BOT,
    DROPPED,
    FAILED,
    PERSON_BUTTON,
    RETRY_BUTTON,
    SYSTEM,
    Answer,
    Button,
    Cause,
    Message,
    Opening,
    Question,
)
from bot.handoff.record import Record
from bot.storage import messages
from bot.times import name_of_language


class BotSide(Ledger):
    """The bot's verbs. What it computed under an older version is dropped."""

    async def answer(self, question: Question, answer: Answer) -> bool:
        """Say what the bot answers, unless the conversation has moved on since it was asked."""

        def work(record: Record) -> bool:
            if not (record.parts_with(question) or self._still_asked(record, question)):
                return False
            heard = answer.heard if question.from_visitor else None
            messages.settle(record.connection, question.conversation_id, ANSWERED, question.seq, heard)
            for reply in answer.replies:
                buttons = tuple(Button(f"b{n}", *button) for n, button in enumerate(reply.buttons, 1))
                marks = {"failed": reply.failed, "offered": reply.offered, "card": reply.card}
                record.say(BOT, reply.text, name=self._business.assistant_name, buttons=buttons, **marks)
            return True

        return await self._change(question.conversation_id, work)

    async def excuse(self, question: Question, sentence: str) -> int:
        """Tell the visitor that the bot is slow or in trouble; return the sequence number, 0 if moved on."""

        def work(record: Record) -> int:
            return self._excuse(record, sentence).seq if self._still_asked(record, question) else 0

        return await self._change(question.conversation_id, work)

    async def cannot_read(self, question: Question, language: str) -> None:
        """Tell the visitor, in their language where we have it, that the bot does not read it."""

        def work(record: Record) -> None:
            if not self._still_asked(record, question):
                return
            messages.settle(record.connection, question.conversation_id, ANSWERED, question.seq)
            record.hear(language)
            texts = self._business.texts
            said = {"language": language if language in texts.others else texts.own.language}
            named = name_of_language(language, named_in=texts.own.language) or language
            tellings = [
                self._business.say(key, their_language=named, **said)
                for key in ("language_unknown", "language_unknown_again")
            ]
            before = messages.newest(record.connection, record.conversation.id, BOT, SYSTEM, AGENT)
            again = before is not None and before.text == tellings[0]
            button = Button(PERSON_BUTTON, self._business.say("button_person", **said))
            record.say(SYSTEM, tellings[again], buttons=(button,))

        await self._change(question.conversation_id, work)

    async def give_up(self, question: Question, sentence: str | None) -> None:
        """Mark a question as one that the bot could not answer, and say so unless it was said."""

        def work(record: Record) -> None:
            if self._still_asked(record, question):
                messages.settle(record.connection, question.conversation_id, FAILED, question.seq)
                if sentence:
                    self._excuse(record, sentence)

        await self._change(question.conversation_id, work)

    async def open_handoff(self, conversation_id: str, cause: Cause, *, by_bot: bool = False) -> Opening:
        """Ask for a person, once per cause. Also returns calmly when one is there already.

        What the bot says in the turn in which it asks for a person itself may still be shown.
        """
        who = life.THE_BOT if by_bot else life.THE_DESK
        return await self._change(
            conversation_id, lambda record: self._open(record, cause, who, parting=by_bot)
        )

    def _excuse(self, record: Record, sentence: str) -> Message:
        buttons = [Button(PERSON_BUTTON, self._words(record, "button_person"))]
        if sentence == "brain_trouble":
            buttons.insert(0, Button(RETRY_BUTTON, self._words(record, "button_retry")))
        return record.say(SYSTEM, self._words(record, sentence), buttons=tuple(buttons))

    def _still_asked(self, record: Record, question: Question) -> bool:
        if record.conversation.version == question.version:
            return True
        messages.settle(record.connection, question.conversation_id, DROPPED, question.seq)
        return False
