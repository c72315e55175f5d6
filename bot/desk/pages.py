"""The pages and files that the desk serves, and the headers that keep them safe."""

import os
from collections.abc import Collection
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from swagger_ui_bundle import swagger_ui_path

from bot.desk import embedding
from bot.desk.embedding import LOOK, SHARED, Embedding

WEB = Path(__file__).resolve().parent / "web"
PAGES = {
    "/": "start/index.html",
    "/shop": "shop/index.html",
    "/demo": "shop/index.html",
    "/console": "console/index.html",
    "/docs": "docs/index.html",
}
DEMO_PAGES = ("/shop", "/demo")
LIVE_START = "start/live.html"  # "/" where there is no demo shop to try
SWAGGER = ("swagger-ui.css", "swagger-ui-bundle.js")

# What a browser is told of file endings; what the machine's own table says may differ.
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".json": "application/json",
    ".png": "image/png",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:{pictures}",
        "font-src 'self'",
        "connect-src 'self' {sockets}",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors {frames}",
    )
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class SafeHeaders:
    """Send the safe headers with every answer. Only the chat may stand in a frame, on the owner's sites."""

    def __init__(self, app: ASGIApp, *, sites: Collection[str]) -> None:
        self._app, self._sites = app, sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(scope).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)

    def _headers(self, scope: Scope) -> dict[str, str]:
        host = _host(scope)
        if scope["path"] != embedding.CHAT:
            return {**HEADERS, "content-security-policy": policy(host)}
        own = {name: value for name, value in HEADERS.items() if name != "x-frame-options"}
        return {**own, "content-security-policy": policy(host, sites=self._sites)}


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


def routes(app: FastAPI, *, demo: bool, embedded: Embedding) -> None:
    """Add pages, files and the health check."""
    app.add_middleware(SafeHeaders, sites=embedded.origins)
    embedding.routes(app, embedded)
    app.mount("/static/swagger", _Only(swagger_ui_path, SWAGGER), name="swagger")
    app.mount("/static", SharedFiles(directory=WEB), name="static")
    for path, file in {**PAGES, **({} if demo else {"/": LIVE_START})}.items():
        if demo or path not in DEMO_PAGES:
            app.add_api_route(path, _page(WEB / file), methods=LOOK, include_in_schema=False)

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


def policy(host: str, *, sites: Collection[str] | None = None) -> str:
    """Return what a page of ours may load; with `sites` it is the chat, which those may frame.

    Sockets are named by `host`, because not all browsers count them as self.
    """
    return POLICY.format(
        sockets=f"ws://{host} wss://{host}" if host else "",
        pictures="" if sites is None else " blob:",
        frames="'none'" if sites is None else " ".join(["'self'", *sites]),
    )


def _host(scope: Scope) -> str:
    """Return the host that a browser asked for, or nothing where that is no name of a host."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    plain = host.replace(".", "").replace(":", "").replace("-", "").replace("[", "").replace("]", "")
    return host if plain.isalnum() else ""
