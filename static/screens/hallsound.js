// Sound on the big screen: it listens, and is never heard. Browsers play nothing before a tap, so there is one button for it.
import { computed, html, useEffect } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { line } from "./session.js";
import { t } from "./tongue.js";
import { look, there, voice } from "./voiceway.js";

/* keys: voice.blocked voice.away voice.busy voice.locked */
/** Is there something to hear in this room, and can this computer play it? */
export const sounds = computed(() => Boolean(there.value === 1 && voice.value && voice.value.can.listen));
/** Why nothing can be heard although it is on, as a key; "" where all is well. */
export const silent = computed(() => {
  const at = voice.value ? voice.value.state.value : "off";
  if (voice.value && voice.value.locked.value) return "voice.locked";
  return at === "blocked" || at === "away" || at === "busy" ? `voice.${at}` : "";
});

export const Sound = () => {
  const open = line.value.state === "open";
  useEffect(() => { if (open) look(); }, [open]);
  const engine = voice.value;
  if (!engine || !sounds.value) return null;
  const on = engine.state.value !== "off";
  return html`<button type="button" class="btn h-way" aria-pressed=${String(on)} onClick=${() => { if (on) engine.leave(); else engine.listen().catch(() => {}); }}>
    <${Icon} id="u-ear" /><span>${t(on ? "hall.sound.off" : "hall.sound.on")}</span></button>`;
};
