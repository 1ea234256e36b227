// The line is away: nothing is taken from anybody. A calm sheet of paper over the bar, and the activity above it goes on.
import { html, useEffect, useState } from "../ui.js";
import { away } from "./drift.js";
import { current, running, waiting } from "./session.js";
import { t } from "./tongue.js";

export const Away = () => {
  const [small, shrink] = useState(false);
  const stage = away.value;
  useEffect(() => { if (!stage) shrink(false); }, [stage]);
  if (!stage) return null;
  const count = waiting.value;
  const retry = html`<button type="button" class="btn plain" onClick=${() => current().link.stir(true)}>${t("line.try")}</button>`;
  if (stage === 1 || small) return html`<section class="adrift row"><b class="grow">${t("line.finding")}</b>${retry}</section>`;
  return html`<section class="adrift enter"><svg class="boat" viewBox="0 0 288 150" aria-hidden="true"><use href="#s-boat" /></svg>
    <h2>${t("line.safe")}</h2><p>${t("line.lost")} ${count > 0 && t("line.waiting", { count })}</p>
    <div class="row">${running.value && html`<button type="button" class="btn grow" onClick=${() => shrink(true)}>${t("line.go")}</button>`}${retry}</div></section>`;
};
