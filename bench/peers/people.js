// People for recover.js: each says something so often, and notes all that it hears. At the end it is
// held together: what was acknowledged, and who has not heard it.
"use strict";
const { io } = require("socket.io-client");
const [port, people, rate, seconds, quiet] = process.argv.slice(2).map(Number);
const acked = new Set();
const all = [];
let said = 0, twice = 0, recovered = 0, anew = 0;

for (let i = 0; i < people; i++) {
  const line = io(`http://127.0.0.1:${port}`, {
    transports: ["websocket"],
    forceNew: true,
    retries: 100, // said again until it is acknowledged
    ackTimeout: 3000,
    reconnectionDelay: 100,
    reconnectionDelayMax: 2000,
  });
  const one = { line, heard: new Set(), been: false };
  all.push(one);
  line.on("connect", () => {
    if (one.been) line.recovered ? recovered++ : anew++;
    one.been = true;
  });
  line.on("said", (what) => {
    if (one.heard.has(what)) twice++;
    one.heard.add(what);
  });
}

const wait = (ms) => new Promise((go) => setTimeout(go, ms));
(async () => {
  while (!all.every((one) => one.been)) await wait(20);
  console.log("start");
  const end = Date.now() + seconds * 1000;
  await Promise.all(all.map(async (one, i) => {
    await wait(Math.random() * 1000 / rate);
    for (let n = 0; Date.now() < end; n++) {
      const what = `${i}.${n}`;
      said++;
      one.line.emitWithAck("say", what).then(() => acked.add(what), () => {});
      await wait(1000 / rate);
    }
  }));
  await wait(quiet * 1000);
  let missed = 0, pairs = 0;
  for (const what of acked) {
    const deaf = all.filter((one) => !one.heard.has(what)).length;
    pairs += deaf;
    missed += deaf > 0;
  }
  console.log(JSON.stringify({ said, acked: acked.size, missed, pairs, twice, recovered, anew }));
  process.exit(0);
})();
