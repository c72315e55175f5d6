/** A brand's colour made legible: moved lighter or darker, hue kept, until every contrast passes. */

const ENOUGH = 4.5;
/** What the accent must stand out from; see tokens.css. */
const THEMES = {
  light: { behind: ["#ffffff", "#fffcf7", "#f3ece1", "#efe8dc"], on: "#ffffff", surface: "#fffcf7", ink: "#26211b", step: -0.01 },
  dark: { behind: ["#08211f", "#1e1b17", "#28241f", "#2b2721"], on: "#08211f", surface: "#1e1b17", ink: "#f1eae0", step: 0.01 },
};

/** Return the accent tokens for a "#rgb" or "#rrggbb" colour, or null when it is none. */
export function accentTokens(text) {
  const brand = rgbOf(text);
  if (!brand) return null;
  const [light, dark] = [family(brand, THEMES.light), family(brand, THEMES.dark)];
  return Object.fromEntries(Object.keys(light).map((name) => [name, `light-dark(${light[name]}, ${dark[name]})`]));
}

function family(brand, theme) {
  const accent = legible(brand, theme);
  return {
    "--kh-accent": hexOf(accent),
    "--kh-accent-on": theme.on,
    "--kh-accent-hover": hexOf(moved(accent, theme.step * 6)),
    "--kh-accent-soft": hexOf(mixed(accent, rgbOf(theme.surface), 0.14)),
    "--kh-accent-soft-on": theme.ink,
    "--kh-focus": hexOf(accent),
  };
}

function legible(brand, { behind, step }) {
  const grounds = behind.map(rgbOf);
  let colour = brand;
  for (let i = 1; i <= 100 && grounds.some((ground) => contrast(colour, ground) < ENOUGH); i += 1)
    colour = moved(brand, step * i);
  return colour;
}

export function contrast(one, other) {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function rgbOf(text) {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text?.trim() ?? "");
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text?.trim() ?? "");
  if (short) return short.slice(1).map((digit) => parseInt(digit + digit, 16));
  return long ? long.slice(1).map((pair) => parseInt(pair, 16)) : null;
}

function hexOf(rgb) {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const gamma = (part) => 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);
const within = (value, low, high) => Math.min(high, Math.max(low, value));

function luminance(rgb) {
  const [r, g, b] = rgb.map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mixed(one, other, share) {
  return one.map((part, i) => part * share + other[i] * (1 - share));
}

/** Change the lightness in OKLab, where equal steps look equal. */
function moved(rgb, by) {
  const [l, a, b] = toLab(rgb);
  return fromLab([within(l + by, 0, 1), a, b]).map((part) => Math.round(within(part, 0, 255)));
}

function toLab(rgb) {
  const [r, g, b] = rgb.map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([light, a, b]) {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => gamma(within(part, 0, 1)));
}
