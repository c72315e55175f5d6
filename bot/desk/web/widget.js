/** The one script a website includes:  <script type="module" src="https://desk.example/widget.js"></script> */

import { mount } from "./static/widget/mount.js";

mount({ desk: new URL(import.meta.url).origin });
