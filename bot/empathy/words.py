"""A visitor's text as words: where they stand, their plain spelling and the concept they belong to."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MOST_WORDS = 1200  # longer messages are read at both ends: time stays bounded, and people end with the point
LONGEST_WORD = 40

EMOJI = "😡🤬😠😤🙄👏😢😭💔🤦🖕😀😄😊😍🥰👍🙏😂🤣🎉❤🤷😕😰😱😞😔"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*(?![^\W\d_])|[^\W_](?:[^\W_]|[\u0300-\u036f]|['’ʼ](?=[^\W_]))*|[.!?…]+|\n+|[{EMOJI}]"
)
_CONTRACTED = (("'ll", "will"), ("'d", "would"))

_MEMBERS = {
    "TALK": "talk speak chat spk speek spek tlk talkk converse",
    "REALLY": "really actually actual fully truly",
    "PERSON": "human humans person persons agent agents representative representatives rep reps operator "
    "adviser advisor hooman manager supervisor",
    "STAFFER": "human humans agent representative rep operator adviser advisor manager supervisor",
    "ANYONE": "someone somebody anyone anybody sumone sum1 some1 any1 smbdy",
    "REAL": "real actual live living proper genuine acutal reall",
    "PLEASE": "please pls plz plse pleas ta thanks thx now asap immediately already today ffs",
    "BOT": "bot bots robot robots chatbot chatbots ai clanker",
    "NOT": "not dont doesnt didnt isnt arent wasnt werent cant cannot wont wouldnt couldnt havent hasnt "
    "hadnt never aint shouldnt neednt nobody",
    "NONE": "no zero nothing",
    "US": "you your yours u ur youre yous youve",
    "KIN": "mum mom mam mother dad father husband wife son daughter brother sister gran grandma grandad "
    "grandpa grandmother grandfather nan nana partner fiance fiancee uncle aunt auntie friend "
    "baby boyfriend girlfriend twin nephew niece cousin",
    "COURIER": "courier couriers driver drivers postman postie dpd evri hermes yodel ups fedex dhl "
    "parcelforce "
    "neighbour neighbours neighbor landlord landlady boss bank plumber ex doctor council "
    "government train trains amazon paypal klarna",
    "SWEAR": "fuck fucking fuckin fucked fkn fking shit shitty bullshit crap bloody bleeding damn arse "
    "bastard bastards wtf ffs bollocks pissed piss",
    "NTH": "second third fourth fifth sixth seventh tenth umpteenth nth 2nd 3rd 4th 5th 6th 7th hundredth",
    "COUNT": "two three four five six seven eight nine ten twice thrice several many dozen "
    "2 3 4 5 6 7 8 9 10 12 20",
    "SPAN": "day days week weeks month months hour hours hrs minutes mins fortnight mornings afternoons "
    "evenings year years ages forever",
    "SOON": "today tonight tomorrow tmrw tomorow tomorrows monday tuesday wednesday thursday friday "
    "saturday sunday weekend morning",
    "PARCEL": "parcel parcels order orders delivery package packages box coffee coffees beans bag bags "
    "kettle "
    "grinder item items subscription refund money replacement machine mug mugs sofa oven present "
    "gift shipment post letter mail email reply response answer payment deposit",
    "PRAISE": "great brilliant lovely splendid fantastic wonderful perfect super marvellous marvelous bravo "
    "congratulations wow excellent charming terrific superb amazing",
    "BADLY": "useless ridiculous unacceptable disgraceful disgrace pathetic appalling disgusting shambles "
    "shambolic joke farce incompetent rubbish terrible awful horrendous outrageous dreadful abysmal "
    "atrocious shocking laughable infuriating clueless hopeless garbage trash",
    "INSULT": "idiot idiots moron morons cunt cunts bitch bitches twat twats wanker wankers dickhead "
    "dickheads "
    "scum imbecile imbeciles arsehole arseholes asshole assholes retard retards cretin cretins prick pricks "
    "muppets clowns morans",
    "CROOK": "liar liars thief thieves crook crooks scammer scammers con conmen fraudsters cowboys "
    "scam robbers",
    "LAWYER": "solicitor solicitors lawyer lawyers attorney barrister",
    "BE": "am is are was were be been im its were",
    "WANT": "want need wanna wnt require demand prefer",
}
CONCEPTS = {concept: frozenset(members.split()) for concept, members in _MEMBERS.items()}
NUMBER = "#"  # any number that no phrase needs to know
_KNOWN_NUMBERS = CONCEPTS["COUNT"] | {"0", "1", "5", "75"}
_KNOWN_WORDS = frozenset().union(*CONCEPTS.values())
_FUZZY = (
    *("human", "person", "agent", "representative", "operator", "manager", "supervisor", "adviser"),
    *("somebody", "someone", "anybody", "customer"),
)
_REAL_WORDS = frozenset(
    [
        "humane",
        "humid",
        "persona",
        "personal",
        "parson",
        "manage",
        "managed",
        "manages",
        "agents",
        "agency",
        "urgent",
    ]
)


@dataclass(frozen=True)
class Word:
    """One word, sentence mark or emoji in its plain spelling; `start` and `end` point into the original."""

    plain: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Split a text into words; of a very long one, the beginning and the end."""
    found = [Word(_plain(m.group()), m.start(), m.end()) for m in _tokens(text)]
    return [word for word in found if word.plain]


def _tokens(text: str) -> list[re.Match[str]]:
    found = list(_TOKEN.finditer(text))
    if len(found) > MOST_WORDS:
        return found[: MOST_WORDS // 2] + found[-MOST_WORDS // 2 :]
    return found


@lru_cache(maxsize=8192)
def _plain(token: str) -> str:
    """Return the token in lower case, without accents, apostrophes, drawn-out letters or known slips."""
    if not token[0].isalnum():
        return "." if token[0] in "\n…" else token[0]
    if token[0].isdecimal() and token.replace(".", "").replace(",", "").isdecimal():
        return token if token in _KNOWN_NUMBERS else NUMBER
    decomposed = unicodedata.normalize("NFKD", token[:LONGEST_WORD].lower())
    straight = decomposed.replace("’", "'").replace("ʼ", "'")
    plain = "".join(c for c in straight if c.isalnum() or c == "'")
    for short, full in _CONTRACTED:
        if plain.endswith(short):
            plain = plain.removesuffix(short) + full
    return _corrected(re.sub(r"([a-z])\1{2,}", r"\1", plain.replace("'", "")))


def _corrected(plain: str) -> str:
    """Mend one slip in the words for a person, where it cannot be another word."""
    if len(plain) < 4 or plain in _KNOWN_WORDS or plain in _REAL_WORDS:
        return plain
    return next((w for w in _FUZZY if plain[0] == w[0] and _one_slip(plain, w)), plain)


def _one_slip(given: str, meant: str) -> bool:
    """Say whether one letter was added, dropped, changed or swapped with its neighbour."""
    if abs(len(given) - len(meant)) > 1:
        return False
    pairs = enumerate(zip(given, meant, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(given), len(meant)))
    left, right = given[at:], meant[at:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right or left == right[1:] or left[1:] == right[1:]
