/** The part of the screen that can be seen: on phones the keyboard takes a share of it. */

const PHONE = window.matchMedia("(max-width: 480px), (max-height: 420px)");

export const isPhone = () => PHONE.matches;

/** Keep `--seen-height` and `--seen-top` on a box true while the keyboard comes and goes. */
export function followKeyboard(box, changed) {
  const view = window.visualViewport;
  const measure = () => {
    box.style.setProperty("--seen-height", `${view.height}px`);
    box.style.setProperty("--seen-top", `${view.offsetTop}px`);
  };
  view?.addEventListener("resize", measure);
  view?.addEventListener("scroll", measure);
  PHONE.addEventListener("change", changed);
  if (view) measure();
}
