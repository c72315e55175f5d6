"""Run the desk: `python -m bot.desk`."""

import logging

import uvicorn

from bot.desk.app import create_app
from bot.settings import Settings


def main() -> None:
    """Serve the desk until told to stop."""
    settings = Settings.load()
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        ws_max_size=65_536,
        ws_ping_interval=20,
        ws_ping_timeout=40,
        ws_per_message_deflate=False,  # costs CPU, and invites bombs
        server_header=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
