// Node's ws 8: rooms by path; `relay` sends each message on, `tick` one frame each 50 ms, `sink` nothing, `beat` 1 KB.
"use strict";
const { WebSocketServer } = require("ws");
const [port, mode] = process.argv.slice(2);
const TICK = 50;
const rooms = new Map();

function room(path) {
  let found = rooms.get(path);
  if (found) return found;
  found = { lines: new Set(), said: [] };
  rooms.set(path, found);
  if (mode === "tick" || mode === "beat") {
    // Rooms take turns within the 50 ms; setInterval keeps its deadlines.
    setTimeout(() => setInterval(() => {
      if (mode === "beat") found.said = ["x".repeat(998)];
      if (!found.said.length) return;
      const frame = "[" + found.said.join(",") + "]";
      found.said = [];
      for (const line of found.lines) line.send(frame);
    }, TICK), (rooms.size % 10) * 5);
  }
  return found;
}

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(port),
  perMessageDeflate: false,
  handleProtocols: (offered) => (offered.has("jam.v1") ? "jam.v1" : false),
});
server.on("connection", (line, request) => {
  const here = room(request.url);
  here.lines.add(line);
  line.on("close", () => here.lines.delete(line));
  line.on("message", (data) => {
    const text = data.toString();
    if (mode === "tick") here.said.push(text);
    else if (mode === "relay") for (const other of here.lines) other.send(text);
  });
});
