/** What the owner chose in `data/business/widget.yml`. The desk puts the owner's values here when it starts. */

export const OWNER = {
  name: "",
  side: "right",
  theme: "auto",
  colour: null,
  language: "auto",
  launcher: {}, // by language
  pages: { on: [], not: [] },
};

/** The style of the launcher and of the frame's box. */
export const SHEET = "";

/** The launcher's few words, by language. */
export const WORDS = {};
