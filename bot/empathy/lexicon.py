"""The word list for feelings: VADER, without the words that are plain topics in a shop."""

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

LONGEST = 2000  # VADER's time grows with the square of the length
TOPIC_WORDS = """
    alone bitter broken cancel cancelled cancelling charge charged complain complaint complaints crush
    crushed cut damage damaged dark dead delay delayed delays discount drop error fail failed fee fees
    fine fire free fresh gift gifts help interest kind leave like lost low miss missed missing no number
    pay please poor pressure problem problems refund refuse safe save share shot sharp special stop
    stopped strength strong sure thank thanks trouble want warm weak well worth wrong yes ok okay matter
    bloody top demand forced grind ground greeting greetings certain certainly lol haha natural
"""


class Lexicon:
    """Says how pleasant or unpleasant the words of a text are, from -1 to 1."""

    def __init__(self) -> None:
        self._analyser = SentimentIntensityAnalyzer()
        for word in TOPIC_WORDS.split():
            self._analyser.lexicon.pop(word, None)

    def valence(self, text: str) -> float:
        """Return VADER's compound score of the text."""
        if len(text) > LONGEST:
            text = text[: LONGEST // 2] + text[-LONGEST // 2 :]
        return float(self._analyser.polarity_scores(text)["compound"])
