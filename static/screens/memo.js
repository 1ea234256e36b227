// Notes for the hosts, beside the plan: kept as one leaves the field, seen by nobody else.
import { html, useState } from "../ui.js";
import { Field, fits } from "../parts/field.js";
import { act, hosting, state } from "./session.js";
import { t } from "./tongue.js";

const MOST = 1000;

export const Memo = () => {
  const kept = (hosting.value && state.value && state.value.desk && state.value.desk.memo) || "";
  const [text, type] = useState(/** @type {string|null} */ (null));
  const shown = text === null ? kept : text;
  const save = () => {
    if (text === null || text.trim() === kept || !fits(text, MOST)) return;
    act("memo", { text: text.trim() }, () => [["desk/memo", text.trim()]]);
    type(null);
  };
  return html`<div class="memo" onFocusOut=${save}><${Field} id="memo" label=${t("memo.title")} hidden=${true} hint=${t("memo.how")} value=${shown} max=${MOST} lines=${3} t=${t} onInput=${type} /></div>`;
};
