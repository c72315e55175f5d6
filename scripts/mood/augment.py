"""Other ways of writing the same message that must not change how it reads: slips, and other people in it."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from scripts.mood.corpus import Example

ROOT = Path(__file__).resolve().parents[2]
_NEIGHBOURS = {
    **dict(
        zip("qwertyuiop", ("wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "ol"), strict=True)
    ),
    **dict(zip("asdfghjkl", ("qsz", "adw", "sfe", "dgr", "fht", "gjy", "hku", "jli", "ko"), strict=True)),
    **dict(zip("zxcvbnm", ("xa", "zc", "xv", "cb", "vn", "bm", "n"), strict=True)),
}
_WORD = re.compile(r"[^\W\d_]+")
# First names by where and for whom they are common; a message must read alike with any of them.
NAMES = {
    "female, British": "Emma Charlotte Megan Holly Gemma Rebecca Bethany Alice",
    "male, British": "Oliver Jack Callum Darren Nigel Harry Stuart Ian",
    "female, African American": "Latoya Keisha Ebony Shanice Tamika Aaliyah Imani Tanisha",
    "male, African American": "DeShawn Jamal Tyrone Darnell Malik Terrell Lamar Marquis",
    "female, Muslim": "Fatima Aisha Khadija Maryam Yasmin Zainab Amina Noor",
    "male, Muslim": "Mohammed Ahmed Omar Yusuf Hassan Ibrahim Tariq Bilal",
    "female, Indian": "Priya Ananya Kavita Sunita Deepika Lakshmi Meera Pooja",
    "male, Indian": "Rajesh Arjun Vikram Sanjay Rohan Suresh Amit Harpreet",
    "female, Nigerian": "Ngozi Chioma Folake Adaeze Ifeoma Yetunde Amaka Bukola",
    "male, Nigerian": "Chukwuemeka Oluwaseun Emeka Tunde Obinna Kelechi Babatunde Femi",
    "female, East Asian": "Mei Xiuying Yuki Soo-jin Hui Linh Sakura Ji-woo",
    "male, East Asian": "Wei Hiroshi Minh Jun Takeshi Min-jun Haoran Kenji",
    "female, Polish": "Agnieszka Katarzyna Malgorzata Zofia Magdalena Ewa Joanna Beata",
    "male, Polish": "Krzysztof Piotr Tomasz Wojciech Pawel Marek Grzegorz Jakub",
    "female, Hispanic": "Guadalupe Maria Ximena Lucia Esperanza Carmen Alejandra Rosa",
    "male, Hispanic": "Jose Juan Carlos Miguel Alejandro Diego Javier Jesus",
    "Jewish": "Shlomo Rivka Moshe Chaya Avraham Miriam Mordechai Esther",
}
# Who somebody is; none of it says how they feel.
IDENTITIES = """
    a woman|a man|a lady|a bloke|a trans woman|a trans man|trans|non-binary|genderfluid|queer|gay|a lesbian|
    bi|bisexual|straight|asexual|married to a man|married to a woman|divorced|single|a mother of four|
    Muslim|Jewish|Christian|Catholic|a Baptist|a vicar|a nun|an imam|a rabbi|Hindu|Sikh|Buddhist|a Mormon|
    an atheist|agnostic|a Rastafarian|Black|white|brown|Asian|Latino|Hispanic|mixed race|Aboriginal|Maori|
    Roma|Sinti|Polish|Nigerian|Pakistani|Chinese|Irish|German|American|Mexican|Syrian|Ukrainian|Turkish|
    Brazilian|Somali|Ethiopian|Iranian|Iraqi|Greek|Italian|Portuguese|Bulgarian|Albanian|Hungarian|
    Vietnamese|Filipino|Korean|Japanese|Thai|Indonesian|Egyptian|Moroccan|Algerian|Congolese|Zimbabwean|
    South African|Australian|Canadian|Scottish|English|Swedish|Dutch|a Spaniard|an Austrian|a Swiss|a Dane|
    a refugee|an immigrant|an expat|a foreigner|stateless|born abroad|new in this country|an exchange student|
    a pensioner|72 years old|19 years old|a teenager|a schoolgirl|a schoolboy|a pupil|a fresher|fifteen|
    in my thirties|middle-aged|over ninety|elderly|a baby boomer|a great-grandmother|an old man|
    a student|a single mum|a single dad|a widower|a widow|an orphan|a foster mum|a stay-at-home dad|a nan|
    deaf|blind|deafblind|hearing impaired|deaf in one ear|short-sighted|colour-blind|losing my sight|
    autistic|dyslexic|dyspraxic|epileptic|diabetic|bipolar|neurodivergent|schizophrenic|an insulin user|
    a wheelchair user|in a wheelchair|one-legged|a crutch user|paralysed|disabled|chronically ill|
    a cancer survivor|a kidney patient|a person with MS|a person with a lisp|a person with Tourette's|
    a person with one arm|a person with dwarfism|a guide dog owner|a hearing aid wearer|mute|
    poor|broke|rich|wealthy|well off|upper class|middle class|a lord|an heiress|on a low income|
    on universal credit|on sick pay|a food bank user|a tenant|a lodger|a homeowner|a landlady|
    from a council estate|living in a hostel|homeless|skint|on minimum wage|retired|unemployed|
    between jobs|a nurse|a doctor|a surgeon|a paramedic|a carer|a dentist|a pharmacist|a vet|a therapist|
    a builder|a plumber|an electrician|a roofer|a welder|a mechanic|a bus driver|a courier|a cabbie|
    a lawyer|a solicitor|a judge|a paralegal|a detective|a prison officer|a bailiff|a security guard|
    a cleaner|a teacher|a lecturer|a librarian|a farmer|a fisherman|a gardener|a cook|a waitress|a barman|
    an accountant|a banker|an MP|a councillor|a civil servant|a journalist|a critic|a blogger|an influencer|
    a sailor|a pilot|a veteran|in the navy|in the army|a firefighter|a stripper|a bouncer|an undertaker|
    a dancer|a boxer|a goalkeeper|a composer|a poet|an engineer|a programmer|a chemist|a welder's wife|
    a grandmother|a vegan|a coeliac|tall|left-handed|tattooed|bald|ginger|an ex-offender|a former addict|
    from the north|from London|from Texas|from a village|from the islands|a local|a tourist|a regular|
    a newcomer|a Tory|a socialist|a Green|a football fan|a cyclist|a dog owner|a cat person|an only child
"""
IDENTITY_LIST = tuple(" ".join(part.split()) for part in IDENTITIES.split("|"))
# Where more first names come from. Those that the fairness probe uses stay out, or it would measure nothing.
LOCALES = """
    en_GB en_US en_IN en_PK yo_NG ig_NG ha_NG zu_ZA tw_GH pl_PL es_MX es_ES pt_BR tr_TR de_DE fr_FR it_IT
    vi_VN id_ID fil_PH ro_RO hr_HR nl_NL sv_SE ga_IE hu_HU
"""
_BEFORE = (
    "Hi, {name} here. {text}",
    "{identity} here. {text}",
    "As somebody who is {identity}: {text}",
    "{text} Asking as {identity}.",
    "You are talking to {identity}, by the way. {text}",
    "{name} here. {text}",
    "I'm {identity}. {text}",
    "My name is {name}. {text}",
    "im {identity}, {text}",
    "Speaking as {identity}: {text}",
)
_AFTER = (
    "{text} {name}",
    "{text} And that from {identity}.",
    "{text} (from {identity})",
    "{text} signed, {identity}",
    "{text} - {name}, {identity}",
    "{text} - {name}",
    "{text} (I'm {identity})",
    "{text} Im {identity} btw",
    "{text}\n\n{name}",
)
_PAIRS = (
    *(
        ("husband", "wife"),
        ("he", "she"),
        ("his", "her"),
        ("mum", "dad"),
        ("mother", "father"),
        ("son", "daughter"),
    ),
    *(
        ("boyfriend", "girlfriend"),
        ("grandma", "grandad"),
        ("brother", "sister"),
        ("man", "woman"),
        ("boys", "girls"),
    ),
)
_SWAPS = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}


def with_slips(example: Example, chance: random.Random, share: float = 0.08) -> Example:
    """Return the example with slips of the thumb in about this share of its longer words."""

    def slip(found: re.Match[str]) -> str:
        word = found.group()
        if len(word) < 4 or chance.random() > share:
            return word
        at = chance.randrange(1, len(word) - 1)
        way = chance.randrange(4)
        if way == 0:
            return word[:at] + word[at + 1 :]
        if way == 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if way == 2:
            return word[:at] + word[at] + word[at:]
        return word[:at] + chance.choice(_NEIGHBOURS.get(word[at].lower(), word[at])) + word[at + 1 :]

    text = _WORD.sub(slip, example.text)
    if chance.random() < 0.2:
        text = text.lower().translate(str.maketrans("", "", ",.'’"))
    return replace(example, text=text)


@lru_cache(maxsize=1)
def first_names() -> tuple[str, ...]:
    """Return some thousand first names of the world in Latin letters, without the fairness probe's."""
    from faker import Faker  # of the training's environment only

    probed = yaml.safe_load((ROOT / "bot" / "fairness" / "people.yml").read_text("utf-8"))["names"]
    kept_out = {name for names in probed.values() for name in names}
    found = {name for names in NAMES.values() for name in names.split()}
    for locale in LOCALES.split():
        people = Faker(locale)
        people.seed_instance(0)
        found |= {people.first_name() for _ in range(400)}
    return tuple(sorted(name for name in found - kept_out if name.isalpha() and name.isascii()))


def with_others(example: Example, chance: random.Random) -> Example:
    """Return the example told by or about others: other genders, names and identities, the same labels."""
    names, text = first_names(), example.text
    known = frozenset(names)
    if chance.random() < 0.7:
        other = chance.choice(names)
        text = _WORD.sub(lambda found: other if found.group() in known else _swapped(found.group()), text)
    if text != example.text and chance.random() < 0.4:
        return replace(example, text=text)
    frame = chance.choice(_BEFORE if chance.random() < 0.6 else _AFTER)
    name, identity = chance.choice(names), chance.choice(IDENTITY_LIST)
    return replace(example, text=frame.format(text=text, name=name, identity=identity))


def _swapped(word: str) -> str:
    other = _SWAPS.get(word.lower())
    if other is None:
        return word
    return other.capitalize() if word[0].isupper() else other


class Twins:
    """Who else said the same thing: the written groups, and for all other messages made-up people."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._groups: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            if example.same:
                self._groups[example.same].append(example)

    def of(self, example: Example, chance: random.Random) -> Example:
        """Return the same message, differently put or from somebody else."""
        others = [twin for twin in self._groups.get(example.same, ()) if twin.text != example.text]
        return chance.choice(others) if others else with_others(example, chance)


def epochs(
    examples: Sequence[Example], count: int, *, slips: float, others: float, context: bool, seed: int
) -> list[list[Example]]:
    """Return the examples `count` times, each time some with slips and some with other people."""
    chance = random.Random(seed)

    def varied(example: Example) -> Example:
        if not context:
            example = replace(example, context="")
        if chance.random() < slips:
            example = with_slips(example, chance)
        if chance.random() < others:
            example = with_others(example, chance)
        return example

    return [[varied(example) for example in examples] for _ in range(count)]
