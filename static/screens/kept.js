// What is kept, told before it is: what a copy of this room would hold, and whether my name may stand beside what I gave. Hosts can leave
// something out of every copy, everyone can take out what is theirs.
import { html, useEffect, useRef, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { amount, Leaf, Preview } from "./keeping.js";
import { fetchCopy, fetchKept, leaves, nowhere, ran, zine } from "./keepsake.js";
import { titleOf } from "./kind.js";
import { withUndo } from "./news.js";
import { act, hosting, meet, mine, running } from "./session.js";
import { hide } from "./sheets.js";
import { t, words } from "./tongue.js";

/** One thing that was made, as a copy shows it. @param {{one: import("./keepsake.js").Ran, page?: import("./keepsake.js").Made, coming: boolean, again: () => void}} of */
const Item = ({ one, page, coming, again }) => {
  const [open, set] = useState(false);
  const out = nowhere(one);
  const title = titleOf(one);
  const id = `kept-${one.g}`;
  // Five seconds in which it can still be called off.
  const take = () => withUndo(t("undo.mine"), () => act("withdraw", { g: one.g }).then(again));
  return html`<li class=${`k-${one.kind}${out ? " off" : ""}`}><button type="button" class="tick" aria-expanded=${String(open)} aria-controls=${id} onClick=${() => set(!open)}>
      <${Preview} page=${page} kind=${one.kind} /><span class="grow"><bdi>${title}</bdi><br /><span class="small soft">${out ? t("keep.none") : page ? amount(page) : coming ? "…" : t("kept.nothing")}</span></span>
      <span class="small">${t("kept.look")}</span></button>
    ${open ? html`<div id=${id}>${page ? html`<${Leaf} page=${page} />` : null}
      <p class="small soft">${t("kept.mine.how")}</p><div class="row wrap"><button type="button" class="btn plain" onClick=${take}>${t("kept.mine")}</button>
      ${hosting.value && (page || one.out) ? html`<button type="button" class="btn plain" onClick=${() => act("copy", { g: one.g, on: Boolean(one.out) })}>${t(one.out ? "kept.on" : "kept.off")}</button>` : null}</div></div>` : null}</li>`;
};

/** My own name, and nobody else's. */
const Named = () => {
  const on = Boolean(mine.value && mine.value.named);
  return html`<div><label class="tick"><input type="checkbox" checked=${on} onChange=${() => act("named", { on: !on })} /><span class="grow">${t("kept.named")}</span></label>
    <p class="small soft">${t("kept.named.how")}</p></div>`;
};

export const Kept = () => {
  const [state, set] = useState("");
  const [pages, made] = useState(/** @type {import("./keepsake.js").Made[]} */ ([]));
  const [coming, wait] = useState("…");
  const turn = useRef(0);
  const run = running.value;
  const all = ran();
  // What is there already stays until the same is there anew.
  const look = () => {
    const mine = turn.current += 1;
    const newest = (/** @type {() => void} */ run) => { if (mine === turn.current) run(); };
    const here = (/** @type {import("./keepsake.js").Made[]} */ found, rest = pages) => made([...found, ...rest.filter(({ g }) => !found.some((one) => one.g === g))]);
    return fetchKept().then(() => leaves((found, n, of) => newest(() => {
      here(found);
      wait(t("kept.reading", { n, of }));
    }))).then((found) => newest(() => {
      here(found, []);
      wait("");
      set("");
    }), () => newest(() => {
      wait("");
      set(t("kept.failed"));
    }));
  };
  // Anew when something else runs, when a host leaves something out, and when I have ticked my name.
  const now = [run ? run.g : 0, all.length, ...all.map(({ out }) => (out ? 1 : 0)), mine.value && mine.value.named ? 1 : 0, words.value.lang].join();
  useEffect(() => { look(); }, [now]);
  const copy = (/** @type {() => Promise<void>} */ get) => {
    set(t("end.copying"));
    get().then(() => set(t("copy.kept")), () => set(t("end.copy.failed")));
  };
  const stays = (meet.value && meet.value.kept) || 86400000;
  return html`<${Sheet} title=${t("more.kept")} closeLabel=${t("page.close")} onClose=${hide}>
    <p>${t("kept.now")}</p>${!all.length ? html`<p>${t("kept.nothing")}</p>` : html`<ul class="kept choice">${all.map((one) => html`
      <${Item} key=${one.g} one=${one} page=${pages.find(({ g }) => g === one.g)} coming=${Boolean(coming)} again=${look} />`)}</ul>
      <p class="small soft">${coming}</p>`}
    <p class="small">${t("kept.never")}</p><p class="small soft">${t("kept.then", { span: words.value.span(stays) })}</p>
    <${Named} />
    ${hosting.value || (meet.value && meet.value.rest) ? html`<div class="acts"><button type="button" class="btn plain" onClick=${() => copy(() => leaves().then(zine))}><${Icon} id="u-download" /> ${t("kept.copy")}</button>
      <button type="button" class="btn plain" onClick=${() => copy(() => fetchCopy("md"))}><${Icon} id="u-download" /> ${t("end.text")}</button>
      <button type="button" class="btn plain" onClick=${() => copy(() => fetchCopy("zip"))}><${Icon} id="u-download" /> ${t("end.tables")}</button></div>` : html`<p class="small soft">${t("kept.end")}</p>`}
    <p class="small" role="status">${state}</p></${Sheet}>`;
};
