"""What the fake desk's calls give back."""

from datetime import datetime, timezone

from fastapi.responses import JSONResponse


def now() -> str:
    """Give the present moment, as the desk writes it."""
    return datetime.now(timezone.utc).isoformat()


def error(status: int, code: str, text: str, **more: object) -> JSONResponse:
    """Make a refusal."""
    return JSONResponse({"error": {"code": code, "text": text, **more}}, status)
