// socket.io 4 on several servers: its adapter on Redis streams, and connection state recovery, as its
// documentation has them. One room; what somebody says goes to everybody and is acknowledged.
"use strict";
const { createClient } = require("redis");
const { Server } = require("socket.io");
const { createAdapter } = require("@socket.io/redis-streams-adapter");
const [port, url] = process.argv.slice(2);

(async () => {
  const store = createClient({ url });
  store.on("error", () => {});
  await store.connect();
  const io = new Server({
    transports: ["websocket"],
    perMessageDeflate: false,
    pingInterval: 2500, // as often as ours
    pingTimeout: 5500,
    adapter: createAdapter(store, { maxLen: 100000 }),
    connectionStateRecovery: { maxDisconnectionDuration: 120000, skipMiddlewares: true },
  });
  io.on("connection", (line) => {
    line.join("room");
    line.on("say", (what, done) => {
      io.to("room").emit("said", what);
      done();
    });
  });
  io.listen(Number(port));
  console.log("open");
})();
