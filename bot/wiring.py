"""The one place where parts are joined: each function builds a part once and keeps it."""

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.business import Business
    from bot.crm.adapter import Crm
    from bot.empathy.reading import Detector
    from bot.empathy.repeats import Similarity
    from bot.reach.rules import Rules


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.load()


@lru_cache(maxsize=4)
def business(settings: Settings) -> "Business":
    """Return the owner's facts from `data/business/`."""
    from bot.business import Business

    return Business.load(settings.served / "data" / "business")


def read_again() -> None:
    """Read the owner's facts anew, for a process that works with files that change: the draft.

    Raises:
        OwnerFileError: they cannot be used now; those read before stay.
    """
    business.__wrapped__(settings())
    business.cache_clear()


@lru_cache(maxsize=4)
def crm(settings: Settings) -> "Crm":
    """Return the customer records of the kind that the settings name."""
    url, user, secret = settings.crm_url, settings.crm_user, settings.crm_secret
    if settings.crm == "shop":
        from bot.crm.shop import ShopCrm
        from bot.crm.shop_map import ShopMap

        return ShopCrm(url, ShopMap.load(settings.served / "data" / "business" / "shop.yml", settings.served))
    if settings.crm == "tryton":
        from bot.crm.tryton import TrytonCrm

        return TrytonCrm(url, user=user, password=secret)
    if settings.crm == "hubspot":
        from bot.crm.hubspot import HubspotCrm

        return HubspotCrm(url, token=secret)
    if settings.crm == "http":
        from bot.crm.signed_http import SignedHttpCrm

        return SignedHttpCrm(url, secret=secret)
    from bot.crm.sql import SqlCrm

    return SqlCrm(url)


@lru_cache(maxsize=4)
def reach(settings: Settings) -> "Rules":
    """Return who is told what outside the console, from `data/business/reach.yml`."""
    from bot.reach.rules import Rules

    return Rules.load(settings.served / "data" / "business", settings)


@lru_cache(maxsize=1)
def detector() -> "Detector":
    """Return the detector that reads how a message feels; it is built with the first one."""
    from bot.empathy.detector import build_detector
    from bot.empathy.memory import RememberingDetector

    return RememberingDetector(build_detector)


@lru_cache(maxsize=1)
def similarity() -> "Similarity":
    """Return what tells whether two messages ask the same: by meaning where the sentence encoder is there."""
    from bot.empathy.repeats import Meaning, likeness
    from bot.errors import ModelError
    from bot.nlu.encoder import load_encoder

    try:
        return Meaning(load_encoder().encode)
    except ModelError:
        return likeness
