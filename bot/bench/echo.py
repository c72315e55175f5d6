"""The least that a WebSocket server can do: say back what it hears. The peer of the desk's sockets."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket


def create_app() -> Starlette:
    """Build it, for uvicorn's `--factory`."""
    return Starlette(routes=[WebSocketRoute("/ws/visitor", _say_back)])


async def _say_back(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)
