"""Which version of the owner's files the desk works with. Another one takes its place while visitors talk."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot import wiring
from bot.business import Business
from bot.crm.adapter import Crm
from bot.desk.embedding import Embedding
from bot.following import following
from bot.reach.rules import Rules
from bot.settings import Settings


@dataclass(frozen=True)
class Edition:
    """What the desk takes from one version: all of it from the same."""

    folder: Path
    business: Business
    rules: Rules
    crm: Crm
    embedding: Embedding


class Editions:
    """The present edition, and what follows it: these are given to whoever needs them, once."""

    def __init__(self, settings: Settings, *, business: Business, rules: Rules, crm: Crm) -> None:
        self._settings = settings
        embedding = Embedding(business.widget, name=business.name, origins=settings.allowed_origins)
        self.present = Edition(settings.served, business, rules, crm, embedding)
        self.business = following(lambda: self.present.business)
        self.rules = following(lambda: self.present.rules)
        self.crm = following(lambda: self.present.crm)
        self.embedding = following(lambda: self.present.embedding)

    def read(self, folder: Path) -> Edition:
        """Read the version in a folder; blocks, and changes nothing.

        Raises:
            OwnerFileError: a file of it cannot be used.
        """
        settings = replace(self._settings, live=str(folder))
        facts = folder / "data" / "business"
        business, rules = Business.load(facts), Rules.load(facts, settings)
        # Of all customer records only those of a shop are described in the owner's files.
        crm = wiring.crm(settings) if settings.crm == "shop" else self.present.crm
        embedding = self.present.embedding.for_choices(business.widget, name=business.name)
        return Edition(folder, business, rules, crm, embedding)
