/** One state for the whole desk; whoever draws is called once per change and frame. */

export function createStore(initial) {
  let state = initial;
  let drawn = null;
  let due = false;
  const drawers = [];

  function draw() {
    due = false;
    const before = drawn;
    drawn = state;
    if (before !== state) for (const drawer of drawers) drawer(state, before);
  }

  return {
    get: () => state,
    change(step) {
      state = typeof step === "function" ? step(state) : { ...state, ...step };
      if (!due) { due = true; queueMicrotask(draw); }
    },
    drawWith(drawer) { drawers.push(drawer); },
  };
}
