"""The colours can be read: every pair of tokens that meets, in both themes, and any brand's colour."""

import pytest
from playwright.sync_api import Page

SURFACES = ["page", "sunken", "surface", "raised", "hover"]
MOODS = ["calm", "uneasy", "upset", "urgent"]
INKS = ["text", "text-quiet", "accent", "bad-ink", *(f"{mood}-ink" for mood in MOODS)]
FILLS = ["accent", "accent-soft", *MOODS]
TEXT = [(ink, surface) for ink in INKS for surface in SURFACES] + [(f"{fill}-on", fill) for fill in FILLS]
TEXT += [
    ("accent-on", "accent-hover"),
    ("bad-ink", "bad-soft"),
    ("text", "accent-soft"),
    ("accent", "accent-soft"),
]
EDGES = [("line-strong", "page"), ("line-strong", "surface"), *(("focus", surface) for surface in SURFACES)]

LUMINANCE = """(names) => {
  const canvas = document.createElement("canvas").getContext("2d");
  return Object.fromEntries(names.map((name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(--kh-${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const part = (value) => value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return [name, 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)];
  }));
}"""

BRANDS = """async (brands) => {
  const { accentTokens, contrast, rgbOf } = await import("/static/embed/colour.js");
  const light = ["#ffffff", "#fffcf7", "#f6f1e9", "#efe8dc"];
  const dark = ["#1e1b17", "#28241f", "#161411", "#2b2721"];
  const grounds = [light, dark];
  const worst = (tokens, theme) => {
    const of = (name) => rgbOf(tokens[name].match(/#\\w{6}/g)[theme]);
    const pairs = grounds[theme].map((ground) => [of("--kh-accent"), rgbOf(ground)]);
    pairs.push([of("--kh-accent-on"), of("--kh-accent")], [of("--kh-accent-on"), of("--kh-accent-hover")]);
    pairs.push([of("--kh-accent-soft-on"), of("--kh-accent-soft")]);
    return Math.min(...pairs.map(([one, other]) => contrast(one, other)));
  };
  return brands.map((brand) => Math.min(...[0, 1].map((theme) => worst(accentTokens(brand), theme))));
}"""


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_tokens_can_be_read(page: Page, theme: str) -> None:
    page.goto("/shop")
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    names = sorted({name for pair in TEXT + EDGES for name in pair})
    light = page.evaluate(LUMINANCE, names)
    poor = {pair: contrast(light[pair[0]], light[pair[1]]) for pair in TEXT + EDGES}
    assert {p: c for p, c in poor.items() if c < (3 if p in EDGES else 4.5)} == {}
    order = [light[mood] for mood in MOODS]
    assert order == sorted(order, reverse=theme == "light"), "moods differ in lightness, in order"


def test_any_brand_colour_becomes_legible(page: Page) -> None:
    steps = ("00", "24", "49", "6d", "92", "b6", "db", "ff")
    brands = [f"#{r}{g}{b}" for r in steps for g in steps for b in steps]
    measured = dict(zip(brands, page.evaluate(BRANDS, brands), strict=True))
    assert {brand: worst for brand, worst in measured.items() if worst < 4.5} == {}


def test_a_colour_that_passes_is_left_alone_and_no_colour_is_none(page: Page) -> None:
    given = ["#0f5f5c", "#05f", "teal", "", None, "url(x)", "#12345"]
    tokens = page.evaluate(
        """async (given) => {
          const { accentTokens } = await import("/static/embed/colour.js");
          return given.map((colour) => accentTokens(colour)?.["--kh-accent"].slice(11, 18) ?? null);
        }""",
        given,
    )
    assert tokens[0] == "#0f5f5c" and tokens[1] is not None
    assert tokens[2:] == [None] * 5
