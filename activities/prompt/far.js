// A prompt on a big screen: the song that is on, as large as it goes; else what has been written, page after page.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { Reel } from "../../static/parts/reel.js";
import { Count } from "./count.js";
import { playing, standing } from "./list.js";

/** @param {any} props */
const Far = ({ props }) => {
  const { t, room, now, options } = props;
  const on = playing(room);
  const list = standing(room);
  const song = options.about !== "open";
  if (on) {
    const long = [...on.title].length > 40;
    return html`<div class="far-now" key=${on.at}><p><b>${t("playing")}</b></p><p class=${long ? "big far-title long" : "big far-title"} dir="auto">${on.title}</p>
      ${on.who ? html`<p class="far-who" dir="auto">${on.who}</p>` : null}
      <div class="far-three"><${Count} at=${on.at} now=${now} label=${t("three")} go=${t("go")} /></div></div>`;
  }
  if (!list.length) return html`<p class="far-none">${song ? t("empty.song") : t("empty.open")}</p>`;
  return html`<${Reel} name="far-list" items=${list.map((entry) => {
    const hearts = (room.hearts && room.hearts[entry.i]) || 0;
    return html`<p class="grow" dir="auto"><b>${entry.title}</b>${entry.who ? html`<span>${entry.who}</span>` : null}</p>
      ${hearts ? html`<span class="far-hearts"><${Icon} id="u-heart" /><b>${hearts}</b></span>` : null}`;
  })} />`;
};

/** @param {any} props */
export default (props) => html`<${Far} props=${props} />`;
