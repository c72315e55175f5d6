/** The part of the screen that can be seen: on phones the keyboard takes a share of it. */

const PHONE = window.matchMedia("(max-width: 480px), (max-height: 420px)");

export const isPhone = () => PHONE.matches;
export const isTouch = () => window.matchMedia("(pointer: coarse)").matches;

/** Keep `--kh-seen-height` and `--kh-seen-top` on `host` true while the keyboard comes and goes. */
export function followKeyboard(host, changed) {
  const view = window.visualViewport;
  const measure = () => {
    host.style.setProperty("--kh-seen-height", `${view.height}px`);
    host.style.setProperty("--kh-seen-top", `${view.offsetTop}px`);
    changed();
  };
  view?.addEventListener("resize", measure);
  view?.addEventListener("scroll", measure);
  PHONE.addEventListener("change", changed);
  if (view) measure();
}
