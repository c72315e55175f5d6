"""The visitor's door: frames, limits, signed identities, and turns of the bot. Rules live in `handoff`."""

from fastapi import FastAPI
from starlette.websockets import WebSocket

from bot.desk.visitor import attachments
from bot.desk.visitor.gateway import Gateway, Origins
from bot.desk.visitor.session import serve


def routes(app: FastAPI, *, gateway: Gateway, origins: Origins) -> None:
    """Open the door at `/ws/visitor`, and the one for files beside it."""
    app.include_router(attachments.router)

    @app.websocket("/ws/visitor")
    async def visitor(websocket: WebSocket) -> None:
        if origins.admit(websocket):
            await serve(gateway, websocket)
        else:
            await websocket.close()  # before it is accepted: 403
