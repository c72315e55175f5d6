"""Run the desk: `python -m bot.desk`."""

import logging

import uvicorn

from bot.desk.app import create_app
from bot.desk.server import OPTIONS, make_room
from bot.settings import Settings


def main() -> None:
    """Serve the desk until told to stop."""
    settings = Settings.load()
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    make_room()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="warning", **OPTIONS)


if __name__ == "__main__":
    main()
