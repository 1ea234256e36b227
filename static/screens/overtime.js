// One line to hosts when an evening runs over its agreed end: what helps is a tap away. Once for each few minutes, never twice the same.
import { untracked } from "../ui.js";
import { news, tell } from "./news.js";
import { isNews } from "./pace.js";
import { paceNow } from "./paceline.js";
import { hosting, now } from "./session.js";
import { sheet, show } from "./sheets.js";
import { t, words } from "./tongue.js";

const LOOK_MS = 15000;
let told = 0;
let begun = false;

function look() {
  const pace = hosting.value ? paceNow() : null;
  const late = pace ? pace.late : 0;
  // On time again: from here on it is news once more.
  if (!late) told = 0;
  if (!pace || !isNews(late, told) || sheet.value || news.value) return;
  told = late;
  tell({ text: t("pace.over", { count: late, time: words.value.time(Date.now() + pace.due - now()) }), word: t("pace.look"), run: () => show("cards") }, 20000);
}

/** Look from now on. */
export function begin() {
  if (begun) return;
  begun = true;
  setInterval(() => untracked(look), LOOK_MS);
}
