"""Real messages become examples of a question, and stop being that."""

from collections.abc import Sequence

from bot.studio.questions.questions import Questions


def teach(questions: Questions, intent: str, texts: Sequence[str], *, author: str) -> list[str]:
    """Add messages to a question's examples; return those that were new to it, as they are written now.

    Raises:
        NotFound: there is no such question.
        StudioError, OwnerFileError: it cannot be written.
    """
    before = set(questions.find(intent).question.examples)
    questions.add_examples(intent, texts, author=author)
    return [example for example in questions.find(intent).question.examples if example not in before]


def unteach(questions: Questions, intent: str, texts: Sequence[str], *, author: str) -> None:
    """Take these examples away from a question again; those that are gone already are no trouble.

    Raises:
        NotFound: there is no such question any more.
        StudioError, OwnerFileError: it cannot be written.
    """
    question = questions.find(intent).question
    left = [example for example in question.examples if example not in set(texts)]
    if len(left) < len(question.examples):
        questions.save(intent, question.mark, (left, question.wordings), author=author)
