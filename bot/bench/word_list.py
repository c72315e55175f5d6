"""The peer of the detector: VADER's word list as it comes, which knows pleasant from unpleasant."""

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bot.empathy.lexicon import LONGEST
from bot.empathy.reading import EMOTIONS, Reading


class WordListDetector:
    """Reads distress off VADER's compound score (-1 to 1). Of emotions it knows two; it hears no context."""

    def __init__(self) -> None:
        self._analyser = SentimentIntensityAnalyzer()

    def read(self, text: str, *, context: str = "") -> Reading:
        """Take a message for as distressed as its words are unpleasant."""
        half = LONGEST // 2
        said = text if len(text) <= LONGEST else text[:half] + text[-half:]
        pleasant = float(self._analyser.polarity_scores(said)["compound"])
        scores = dict.fromkeys(EMOTIONS, 0.0)
        scores["satisfied"], scores["frustrated"] = (1 + pleasant) / 2, (1 - pleasant) / 2
        emotion = "satisfied" if pleasant > 0 else "frustrated" if pleasant < 0 else "neutral"
        return Reading(emotion, scores, max(0.0, -pleasant), "nobody", (), "vader")
