// socket.io 4 with its own rooms, websocket transport only; modes as ws.js.
"use strict";
const { Server } = require("socket.io");
const [port, mode] = process.argv.slice(2);
const TICK = 50;
const rooms = new Map();

const io = new Server(Number(port), {
  transports: ["websocket"],
  perMessageDeflate: false,
  pingInterval: 300000, // no pings within a measurement: the load client is no socket.io client
});

function room(name) {
  let found = rooms.get(name);
  if (found) return found;
  found = { said: [] };
  rooms.set(name, found);
  if (mode === "tick" || mode === "beat") {
    setTimeout(() => setInterval(() => {
      if (mode === "beat") found.said = ["x".repeat(998)];
      if (!found.said.length) return;
      const said = found.said;
      found.said = [];
      io.to(name).emit("m", said);
    }, TICK), (rooms.size % 10) * 5);
  }
  return found;
}

io.on("connection", (line) => {
  let here = null;
  let name = "";
  line.on("join", (to) => {
    name = to;
    here = room(to);
    line.join(to);
  });
  line.on("m", (data) => {
    if (!here) return;
    if (mode === "tick") here.said.push(data);
    else if (mode === "relay") io.to(name).emit("m", data);
  });
});
