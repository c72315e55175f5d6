"""Messages to chat tools and phones, through Apprise."""

from urllib.parse import urlsplit

from bot.errors import ChannelUnavailable, Undeliverable

SECONDS = 30.0  # for one message
LOUD = str.maketrans({"<": "‹", ">": "›", "@": "@\u200b"})


def quiet(text: str) -> str:
    """Take from a text what chat tools read as a call to everybody, such as @here or <!channel>."""
    return text.translate(LOUD)


class Chats:
    """The chat tools and phones that can be reached, by the owner's names for them."""

    def __init__(self, targets: dict[str, str], *, seconds: float = SECONDS) -> None:
        self._targets, self._seconds = targets, seconds

    @property
    def names(self) -> list[str]:
        return list(self._targets)

    def service(self, name: str) -> str:
        """Return which service a name stands for, without what is secret in its address."""
        return urlsplit(self._targets[name]).scheme

    def send(self, name: str, title: str, body: str) -> None:
        """Say something to one target. Blocks.

        Raises:
            Undeliverable: there is no such target, or Apprise cannot read its address.
            ChannelUnavailable: the service did not take it this time.
        """
        from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

        if name not in self._targets:
            raise Undeliverable(f"KINDHAND_CHAT names no “{name}”.")
        # What services want kept between messages stays in memory: it holds tokens.
        asset = AppriseAsset(app_id="Kindhand", storage_mode=PersistentStoreMode.MEMORY)
        service = Apprise(asset=asset)
        if not service.add(self._targets[name]):
            raise Undeliverable(f"Apprise cannot read the address of “{name}” in KINDHAND_CHAT.")
        result = service.notify(body, title, body_format=NotifyFormat.TEXT, timeout=self._seconds)
        if not result:
            raise ChannelUnavailable(
                f"{self.service(name)} did not take it: {result.status.name.lower()}. Is the address of"
                f" “{name}” in KINDHAND_CHAT right?"
            )
