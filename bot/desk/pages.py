"""The pages and files that the desk serves, and the headers that keep them safe."""

import os
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from swagger_ui_bundle import swagger_ui_path

WEB = Path(__file__).resolve().parent / "web"
PAGES = {
    "/": "start/index.html",
    "/shop": "shop/index.html",
    "/demo": "shop/index.html",
    "/console": "console/index.html",
    "/docs": "docs/index.html",
}
DEMO_PAGES = ("/shop", "/demo")
LOOK = ["GET", "HEAD"]  # a browser's, and those of monitors and link previews
SWAGGER = ("swagger-ui.css", "swagger-ui-bundle.js")

# What a browser is told of file endings; what the machine's own table says may differ.
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".json": "application/json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self' {sockets}",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# The widget runs on other sites' pages, so its files may be read from there. They hold no secrets.
SHARED = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


class SafeHeaders:
    """Send the safe headers with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**HEADERS, "content-security-policy": _policy(scope)}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)


class SharedFiles(StaticFiles):
    """Files with types that we choose; browsers ask each time whether theirs is still the same."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if "\0" in path:  # which the system refuses with an error of its own
            return "", None
        return super().lookup_path(path)

    def file_response(self, full_path: str, *args: object, **kwargs: object) -> Response:  # type: ignore[override]
        response = super().file_response(full_path, *args, **kwargs)  # type: ignore[arg-type]
        response.headers.update(SHARED | {"cache-control": "no-cache"})
        if response.status_code == 200:
            kind = TYPES.get(Path(full_path).suffix, "application/octet-stream")
            response.headers["content-type"] = f"{kind}; charset=utf-8" if "text" in kind else kind
        return response


def routes(app: FastAPI, *, demo: bool) -> None:
    """Add pages, files and the health check."""
    app.add_middleware(SafeHeaders)
    app.mount("/static/swagger", _Only(swagger_ui_path, SWAGGER), name="swagger")
    files = SharedFiles(directory=WEB)
    app.mount("/static", files, name="static")
    for path, file in PAGES.items():
        if demo or path not in DEMO_PAGES:
            app.add_api_route(path, _page(WEB / file), methods=LOOK, include_in_schema=False)

    @app.api_route("/widget.js", methods=LOOK, include_in_schema=False)
    async def widget(request: Request) -> Response:
        return await files.get_response("widget.js", request.scope)

    @app.head("/health", include_in_schema=False)
    @app.get("/health", tags=["Health"])
    async def health(request: Request) -> Response:
        """Tell whether the desk can do its work."""
        well = await request.app.state.database.run(request.app.state.database.is_well)
        return JSONResponse({"status": "ok" if well else "database"}, 200 if well else 503)


class _Only(SharedFiles):
    """A folder of which only some files are served."""

    def __init__(self, directory: Path, names: tuple[str, ...]) -> None:
        super().__init__(directory=directory)
        self._names = names

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path in self._names else ("", None)


def _page(file: Path) -> object:
    async def page() -> FileResponse:
        return FileResponse(file, headers={"cache-control": "no-cache"})

    return page


def _policy(scope: Scope) -> str:
    """Return what a page of ours may load; sockets are named because not all browsers count them as self."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    plain = host.replace(".", "").replace(":", "").replace("-", "").replace("[", "").replace("]", "")
    return POLICY.format(sockets=f"ws://{host} wss://{host}" if plain.isalnum() else "")
