"""The owner's side of the desk: `/api/console/studio/`, for owners only; what it does, `bot.studio` does."""

from fastapi import FastAPI

from bot.desk.studio.room import Room
from bot.settings import Settings
from bot.storage.engine import Database


def routes(app: FastAPI, *, settings: Settings, database: Database) -> None:
    """Add the studio to a desk that has the console."""
    from bot.desk.studio import (
        asked,
        faq,
        files,
        preview,
        publish,
        questions,
        rehearsals,
        replay,
        sentences,
        stories,
        suggestions,
        trial,
    )
    from bot.desk.studio.settings import router as owners_settings

    app.state.studio = Room(settings, database)
    app.include_router(files.router)
    app.include_router(publish.router)
    app.include_router(asked.router)
    app.include_router(suggestions.router)
    app.include_router(preview.router)
    app.include_router(faq.router)
    app.include_router(questions.router)
    app.include_router(preview.page)
    app.include_router(owners_settings)
    app.include_router(replay.router)
    app.include_router(sentences.router)
    app.include_router(stories.router)
    app.include_router(rehearsals.router)
    app.include_router(trial.router)
