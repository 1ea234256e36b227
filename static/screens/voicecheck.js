// "Nobody hears me": five seconds of looking for the cause, under a tape that shows how long; then one sentence, and a way out of it.
import { html, useEffect, useRef, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { flipHand } from "./bar.js";
import { mine } from "./session.js";
import { t } from "./tongue.js";
import { WAYS_OUT } from "./voicefacts.js";
import { voice } from "./voiceway.js";

/** What is said of each cause, where it is not the sentence that stands elsewhere, too. @type {{[cause: string]: string}} */
const SAID = { ok: "voice.check.ok", muted: "voice.check.muted", host: "voice.check.host", refused: "mic.refused", nomic: "voice.nomic", quiet: "voice.check.quiet",
  network: "voice.blocked", away: "voice.away", hall: "voice.hall" };
/** And what more there is to know. @type {{[cause: string]: string}} */
const MORE = { refused: "mic.how", network: "voice.blocked.how" };
/* keys: voice.check.* voice.blocked.how mic.refused mic.how voice.nomic voice.away voice.hall */

/** @param {{cause: string, again: () => void}} of */
const Way = ({ cause, again }) => {
  const way = WAYS_OUT[cause], engine = voice.value;
  if (way === "speak") return html`<button type="button" class="btn ink2" onClick=${() => { if (engine) engine.speak().catch(() => {}); again(); }}><${Icon} id="u-mic" /> ${t("voice.speak")}</button>`;
  if (way === "hand") return mine.value && mine.value.hand !== undefined ? null : html`<button type="button" class="btn ink2" onClick=${flipHand}><${Icon} id="u-hand" /> ${t("hand.raise")}</button>`;
  if (way === "devices" && engine && engine.devices.value.length > 1) return html`<button type="button" class="btn ink2" onClick=${() => { const el = document.getElementById("voice-device"); if (el) el.focus(); }}>
    <${Icon} id="u-mic" /> ${t("voice.device")}</button>`;
  return null;
};

export const Check = () => {
  const [now, set] = useState("");
  const here = useRef(true);
  useEffect(() => () => { here.current = false; }, []);
  const go = () => {
    const engine = voice.value;
    if (!engine) return;
    set("running");
    engine.check().then((cause) => { if (here.current) set(cause); }, () => { if (here.current) set("network"); });
  };
  const running = now === "running";
  const told = now && !running;
  return html`<div class="check"><button type="button" class="btn plain" aria-disabled=${String(running)} onClick=${() => { if (!running) go(); }}><${Icon} id="u-hush" /> ${t("voice.check")}</button>
    <div role="status">${running ? html`<p class="small">${t("voice.check.now")}</p>` : told ? html`<p>${t(SAID[now] || SAID.network)}</p>${MORE[now] ? html`<p class="small soft">${t(MORE[now])}</p>` : null}` : null}</div>
    ${running ? html`<span class="reach five" aria-hidden="true"><i></i></span>` : null}
    ${told ? html`<${Way} cause=${now} again=${() => set("")} />` : null}
    ${told && (WAYS_OUT[now] === "again" || now === "quiet") ? html`<button type="button" class="btn plain" onClick=${go}>${t("page.again")}</button>` : null}</div>`;
};
