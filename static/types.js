// Shapes of frames and state. Types only: nothing here runs.

/** @typedef {null|boolean|number|string|Value[]|Tree} Value */
/** @typedef {Value[]|Tree} Branch */
/** @typedef {{[key: string]: any}} Tree a dict of state; views know more of it than the store does */
/** @typedef {[path: string]|[path: string, value: any]} Change without a value it deletes */

/** @typedef {"host"|"member"|"screen"} Role */
/** @typedef {{name: string, ink: number, shape: number, role: Role, here: boolean, hand?: number,
 *   made?: true, acting?: true, hall?: true, out?: true, named?: true, shut?: {line?: true, work?: true, voice?: true}}} Person `made`: host by another
 *   host's word; `acting`: host while no host is there; `out`: asked to leave */
/** @typedef {{g: number, kind: string, card: string|null, options: Tree, opened: number, ends: number|null, minutes: number, by?: string,
 *   in?: {[team: string]: Inside}, inner?: {[kind: string]: Tree}, revs?: Revs}} Running `in`: what runs in its teams; `inner`: the options of what ran there */
/** @typedef {{[kind: string]: number}} Revs the revisions at which kinds are opened in it, where not the first */
/** @typedef {{g: number, kind: string, options?: Tree, opened?: number, revs?: Revs}} Inside */
/** @typedef {{g: number, kind: string, card: string|null, options: Tree, opened: number, closed: number, revs?: Revs}} Past */
/** What stands on every screen until the next: a host's own sentence, or the say-this line of a card in everyone's language.
 * @typedef {{text?: string, card?: string, by: string, at: number}} Said */
/** @typedef {{by: string, text: string, at: number}} Word one entry of the side line, or of the notes to the hosts */
/** @typedef {{title: string, lang: string, people: {[id: string]: Person}, plan: {card: string, minutes: number}[], at: number,
 *   now: Running|null, past: Past[], ended: {at: number, until: number, next?: number}|null,
 *   starts: number[], minutes: number, kept: number, keep: {yes: number, no: number}|null, locked: boolean,
 *   line: {[id: string]: Word}, shut: {line?: true, work?: true, voice?: true}, music?: string|null, say: Said|null, call: string, paper: {[cell: string]: number},
 *   baton: string|null, standin: string|null, links: {join: number, host: number}, rest?: boolean, begun?: number|null, auto?: ""|"once"|"all"}} Meet */
/** What the hosts see of the room beside everyone: notes to them, calls for help, people at the door, what can be taken back.
 * @typedef {{notes?: {[id: string]: Word}, calls?: {[member: string]: {at: number, by?: string}}, knocks?: {[id: string]: {name: string, at: number}},
 *   undone?: {[member: string]: {until: number}}, memo?: string}} Desk */
/** What one person sees of a room. @typedef {{meet: Meet, room: Tree, own: {[me: string]: Tree}, mine?: {[me: string]: {lost?: boolean, coming?: boolean, speak?: number}}, host?: Tree, desk?: Desk,
 *   team?: {[team: string]: Tree}, live: {[member: string]: Tree}}} State */

/** @typedef {"ok"|"noop"|"refused"} Outcome */
/** @typedef {{outcome: Outcome, code?: string, args?: Tree}} Answer */
/** What one believes the room will make of an action: changes of the tree as it is at that moment.
 * @typedef {(tree: any) => Iterable<Change>|null|undefined} Guess */

// From the client.
/** @typedef {{t: "hello", v: number, cid: string, gen: number, cap?: string, token?: string, name?: string, lang?: string,
 *   pos?: string, as?: string, z?: true, light?: true}} Hello */
/** @typedef {{t: "op", n: number, p?: number, do: string, g?: number, d: Tree}} Op */
/** @typedef {{t: "eph", key: string, d: Value}} Eph */
/** @typedef {{t: "k", ct: number, pos?: string, hidden?: true, light?: boolean}} Beat `light`: where it has changed since the greeting */
/** @typedef {Hello|Op|Eph|Beat|{t: "rtc", id: string, d: Value}|{t: "bye"}} Out */

// From the server.
/** @typedef {{t: "welcome", v: number, me: {member: string, role: Role}, token?: string, n: number, settled: number,
 *   mode: "tail"|"snap", now: number, limits?: {[name: string]: number}, voice?: number}} Welcome `voice`: 1, or 0 where it is not installed */
/** @typedef {{t: "snap", pos: string, i: number, k: number, st: Tree}} Snap */
/** @typedef {{t: "tick", pos: string, ts: number, c?: Change[], x?: Change[]}} Tick */
/** @typedef {[n: number, outcome: Outcome, offset: number|null, code?: string|null, args?: Tree|null]} AckRow */
/** @typedef {{t: "ack", r: AckRow[], settled: number}} Ack */
/** @typedef {{t: "err", code: string, args?: Tree, say?: string, n?: number, retry_ms?: number}} Err */
/** @typedef {{t: "bye", code: string|number, say?: string, after_ms?: number}} Bye */
/** @typedef {{t: "k", ct?: number|null, now: number, pos?: string}} ServerBeat */
/** @typedef {{t: "rtc", id: string, d: any}} Rtc */
/** @typedef {Welcome|Snap|Tick|Ack|Err|Bye|ServerBeat|Rtc} In */

/** What a store tells those who listen, besides that its state has changed:
 * `welcome` (the address bar may drop its secret now), `react` (how many of each reaction), `refused` (an action was refused,
 * whoever waits for it), `err`, `bye` and `rtc` as the server sent them, `gone` (the room is over for this page).
 * @typedef {{type: "welcome", me: {member: string, role: Role}}
 *   | {type: "react", counts: number[]}
 *   | {type: "refused", do: string, code: string, args?: Tree}
 *   | {type: "err", code: string, args?: Tree}
 *   | {type: "bye", code: string|number, after_ms: number}
 *   | {type: "rtc", id: string, d: any}
 *   | {type: "gone", code: number}} Happening */

/** An action as it is kept on the device, where `id` names it.
 * @typedef {{id: number, n: number, do: string, g?: number, d: Tree}} KeptOp */
/** @typedef {{cid: string, gen: number}} KeptHead */
/** `as`: with a host's link, but as one of all. `removed`: the link of a visit that a host has ended.
 * @typedef {{token?: string, member?: string, role?: string, name?: string, lang?: string, cap?: string, as?: string, removed?: string}} Self */
/** What is kept of one room on this device. `fresh`: the link has just been followed and the room has not seen it yet.
 * `under`: the name that actions under way go by.
 * @typedef {{fresh: boolean, readonly join: string, self(): Self, spend(): void, under(): KeptHead|null, be(part: Self): void, take(): {head: KeptHead, ops: KeptOp[]}|null, head(head: KeptHead|null): void,
 *   put(op: KeptOp): void, drop(id: number): void, forget(): void}} Keep */

export {};
