// What opens over the shared paper: its list, its inks and stamps, and what else can be done. It is fetched once the paper is there.
import { html } from "../../static/ui.js";
import { Sheet } from "../../static/parts/sheet.js";
import { More } from "./more.js";
import { Panel } from "./panel.js";

/* keys: sheet.inks sheet.stamps sheet.more sheet.list */

/** @param {{which: string, t: any, close: () => void, more: any, list: any, children?: any}} of `more`, `list`: what these two are handed */
export const Over = ({ which, t, close, more, list, children }) => html`<${Sheet} title=${t(`sheet.${which}`)} closeLabel=${t("page.close")} onClose=${close}>
  ${which === "more" ? html`<${More} t=${t} ...${more} done=${close} />` : which === "list" ? html`<${Panel} t=${t} ...${list} />` : children}<//>`;
