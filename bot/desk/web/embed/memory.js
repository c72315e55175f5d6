/** What is kept on the website's side: whether the chat is open in this tab. Written when it is first opened. */

export const PANEL = "kindhand.panel";

export function recall(key) {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    window.sessionStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing gets a chat that begins closed on the next page.
  }
}
