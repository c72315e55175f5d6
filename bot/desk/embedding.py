"""The chat on other sites: the launcher's script, the page for its frame, and files that never change.

All of it is made once, from `web/` and the owner's choices. The files' address carries a
version that changes with any of them, so browsers keep them for good and never mix old ones with new ones.
"""

import gzip
import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from string import Template
from typing import Any

import rcssmin
import rjsmin
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.modules import Joined
from bot.widget import LANGUAGES, Widget

WEB = Path(__file__).resolve().parent / "web"
CHAT = "/chat"
LOOK = ["GET", "HEAD"]  # a browser's, and those of monitors and link previews
# Where the frame finds its files, below the version.
ALL, SHEET = "widget/all.js", "chat.css"
LAUNCHER_WORDS = "widget/words/launcher.json"
# The widget runs on other sites' pages, so its script may be read from there. It holds no secrets.
SHARED = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
TOKEN = re.compile(r"(--kh-[\w-]+):([^;}]+);?")
USED = re.compile(r"var\((--kh-[\w-]+)")
FOR_GOOD = "public, max-age=31536000, immutable"
# Lets a page that isolates itself (COEP: require-corp) hold the frame.
FRAMED = {"cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "cross-origin"}


class Embedding:
    """What a website needs of us, made from the owner's choices."""

    def __init__(self, widget: Widget, *, name: str, origins: Collection[str]) -> None:
        """`name` is that of the business; `origins` are those of the sites that may embed the chat."""
        self._widget, self._name, self.origins = widget, name, tuple(sorted(origins))
        self._page = lru_cache(maxsize=len(LANGUAGES))(self._made_page)

    def for_choices(self, widget: Widget, *, name: str) -> "Embedding":
        """Return the same for other choices of the owner's. The frame's files hold none of them, so they
        stay those of the start, as the pages that were opened since then expect.
        """
        other = Embedding(widget, name=name, origins=self.origins)
        vars(other).update(files=self.files, version=self.version)
        return other

    @cached_property
    def script(self) -> bytes:
        """The launcher, as one script that runs with and without type=module."""
        return _small_js(Joined("embed/main.js", self._module).script()).encode()

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """What the frame loads, by path: all of the chat in one, and apart what not everybody needs."""
        chat = Joined("widget/main.js", self._module)
        modules = {path.relative_to(WEB).as_posix(): _text(path) for path in WEB.glob("widget/**/*.js")}
        apart = {path: chat.beside(path, modules[path], ALL) for path in sorted(modules.keys() - chat.paths)}
        scripts = {path: _small_js(text).encode() for path, text in {ALL: chat.module(), **apart}.items()}
        return {**scripts, SHEET: _sheet("tokens.css", *_sheets("widget")).encode()}

    @cached_property
    def version(self) -> str:
        """A name for exactly these files."""
        digest = sha256()
        for path, content in self.files.items():
            digest.update(f"{path}:{len(content)}:".encode() + content)
        return digest.hexdigest()[:12]

    def page(self, wishes: Iterable[str] = ()) -> bytes:
        """Return the page in the frame. It names all that is needed, also the words of the first language
        among some wishes that there are words for, so that they are fetched side by side.
        """
        codes = (wish.strip().partition("-")[0].lower() for wish in wishes)
        return self._page(next((code for code in codes if code in LANGUAGES), LANGUAGES[0]))

    def _made_page(self, language: str) -> bytes:
        base = f"/static/{self.version}"
        settings = {"name": self._name, "origins": self.origins, **self._widget.for_chat()}
        filled = Template(_text(WEB / "chat" / "index.html")).substitute(
            settings=escape(json.dumps(settings)),
            title=escape(self._name),
            sheet=f"{base}/{SHEET}",
            main=f"{base}/{ALL}",
            words=f"{base}/widget/words/{language}.js",
        )
        return filled.encode()

    def _module(self, path: str) -> str:
        if path != "embed/owner.js":
            return _text(WEB / path)
        values = {
            "OWNER": {"name": self._name, **self._widget.for_page()},
            "SHEET": _sheet("tokens.css", "embed/embed.css"),
            "WORDS": json.loads(_text(WEB / LAUNCHER_WORDS)),
        }
        return "\n".join(f"export const {name} = {_literal(value)};" for name, value in values.items())


def routes(app: FastAPI, embedding: Embedding) -> None:
    """Serve the launcher, the page in the frame and its files; the embedding may be one that follows what
    is published (`bot.following`).
    """

    async def script(request: Request) -> Response:
        return _answer(request, embedding.script, "widget.js", {**SHARED, "cache-control": "no-cache"})

    async def chat(request: Request) -> Response:
        asked = f"{request.query_params.get('lang', '')},{request.headers.get('accept-language', '')}"
        page = embedding.page(wish.partition(";")[0] for wish in asked.split(","))
        headers = {**FRAMED, "cache-control": "no-cache", "vary": "accept-encoding, accept-language"}
        return _answer(request, page, "chat.html", headers)

    async def file(request: Request) -> Response:
        path = request.path_params["path"]
        content = embedding.files.get(path)
        if content is None:
            return Response(status_code=404)
        return _answer(request, content, path, {**FRAMED, "cache-control": FOR_GOOD})

    app.router.routes += [
        Route("/widget.js", script, methods=LOOK),
        Route(CHAT, chat, methods=LOOK),
        Route(f"/static/{embedding.version}/{{path:path}}", file, methods=LOOK),
    ]


def _answer(request: Request, content: bytes, name: str, headers: Mapping[str, str]) -> Response:
    """Answer with a file: packed if the browser can unpack it, and briefly if it has this one already."""
    tag = f'W/"{sha256(content).hexdigest()[:20]}"'
    own = {
        "vary": "accept-encoding",
        **headers,
        "etag": tag,
        "content-type": TYPES[PurePosixPath(name).suffix],
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=own)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_packed(content), headers={**own, "content-encoding": "gzip"})
    return Response(content, headers=own)


@lru_cache(maxsize=256)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _sheets(folder: str) -> list[str]:
    """Name the style sheets in a folder, the general ones before those in folders below."""
    found = [path.relative_to(WEB).as_posix() for path in (WEB / folder).rglob("*.css")]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _sheet(*paths: str) -> str:
    """Join style sheets, without comments and without the tokens that none of them uses."""
    sheet = rcssmin.cssmin("\n".join(_text(WEB / path) for path in paths))
    values: dict[str, str] = {}
    for name, value in TOKEN.findall(sheet):
        values[name] = values.get(name, "") + value
    used: set[str] = set()
    asked = USED.findall(TOKEN.sub("", sheet))
    while asked:
        name = asked.pop()
        if name not in used:
            used.add(name)
            asked += USED.findall(values.get(name, ""))
    return TOKEN.sub(lambda found: found[0] if found[1] in used else "", sheet)


def _small_js(text: str) -> str:
    return rjsmin.jsmin(text)


def _literal(value: Any) -> str:
    """Write a value as JavaScript that is safe in any script, even in one within a page."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
