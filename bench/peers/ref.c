/* The reference: what a WebSocket room server costs at least. One thread, epoll, send loop.
 *
 *   ref PORT relay            every message goes to everyone in its room at once
 *   ref PORT sink             nothing goes out: what reading costs
 *   ref PORT tick             a room's messages of 50 ms go out as one frame, [m,m,...]
 *   ref PORT beat             no reading at all: 1 KB to everyone every 50 ms
 *   ref PORT floor RATE SIZE  no reading at all: RATE frames a second of SIZE bytes to everyone
 *
 * The room is the path. No limits, no guard, no memory of anything: not a server to use. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define READ 65536
#define TICK_US 50000

typedef struct Room Room;
typedef struct {
  int fd, open, place;
  Room *room;
  uint8_t *rest;
  size_t length;
} Line;

struct Room {
  char path[64];
  Line **lines;
  int count, space;
  char *tick;
  size_t length, capacity;
  uint64_t due;
};

static Room *rooms[1000];
static int count, queue, ticking, sinking;
static uint8_t block[READ];

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static uint32_t rol(uint32_t x, int n) { return x << n | x >> (32 - n); }

/* SHA-1 and base 64 of key + GUID, which is all that the handshake asks. */
static void accept_key(const char *key, size_t size, char *out) {
  uint8_t text[128] = {0}, sum[21] = {0};
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}, w[80];
  memcpy(text, key, size);
  memcpy(text + size, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  size += 36;
  text[size] = 0x80;
  text[126] = (uint8_t)(size * 8 >> 8);
  text[127] = (uint8_t)(size * 8);
  for (int part = 0; part < 2; part++) {
    for (int i = 0; i < 16; i++) {
      const uint8_t *p = text + part * 64 + i * 4;
      w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int i = 16; i < 80; i++) w[i] = rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
      uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      uint32_t k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
      uint32_t t = rol(a, 5) + f + e + k + w[i];
      e = d; d = c; c = rol(b, 30); b = a; a = t;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e;
  }
  for (int i = 0; i < 20; i++) sum[i] = (uint8_t)(h[i / 4] >> (24 - i % 4 * 8));
  const char *digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 21; i += 3) {
    uint32_t v = (uint32_t)sum[i] << 16 | (uint32_t)sum[i + 1] << 8 | (i + 2 < 20 ? sum[i + 2] : 0);
    for (int j = 0; j < 4; j++) *out++ = digits[v >> (18 - 6 * j) & 63];
  }
  out[-1] = '=';
  *out = 0;
}

static size_t frame(uint8_t *out, const void *data, size_t size) {
  size_t head = 2;
  out[0] = 0x81;
  if (size < 126) out[1] = (uint8_t)size;
  else if (size < 65536) { out[1] = 126; out[2] = (uint8_t)(size >> 8); out[3] = (uint8_t)size; head = 4; }
  else { out[1] = 127; for (int i = 0; i < 8; i++) out[2 + i] = (uint8_t)((uint64_t)size >> (56 - 8 * i)); head = 10; }
  memcpy(out + head, data, size);
  return head + size;
}

static void everyone(Room *room, const void *data, size_t size) {
  static uint8_t out[1 << 20];
  size_t n = frame(out, data, size);
  for (int i = 0; i < room->count; i++)
    if (send(room->lines[i]->fd, out, n, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) continue;
}

static void said(Line *line, const char *data, size_t size) {
  Room *room = line->room;
  if (sinking) return;
  if (!ticking) { everyone(room, data, size); return; }
  if (room->length + size + 2 > room->capacity)
    room->tick = realloc(room->tick, room->capacity = (room->length + size + 2) * 2);
  room->tick[room->length] = room->length ? ',' : '[';
  memcpy(room->tick + room->length + 1, data, size);
  room->length += size + 1;
}

static void leave(Line *line) {
  if (line->room) {
    Room *room = line->room;
    room->lines[line->place] = room->lines[--room->count];
    room->lines[line->place]->place = line->place;
  }
  close(line->fd);
  free(line->rest);
  free(line);
}

static void enter(Line *line, const char *path, size_t size) {
  Room *room = NULL;
  if (size > 63) size = 63;
  for (int i = 0; i < count && !room; i++)
    if (strlen(rooms[i]->path) == size && !memcmp(rooms[i]->path, path, size)) room = rooms[i];
  if (!room && count < 1000) {
    room = rooms[count++] = calloc(1, sizeof *room);
    memcpy(room->path, path, size);
    /* Rooms take their ticks one after the other, not all in the same moment. */
    room->due = now_us() / TICK_US * TICK_US + (uint64_t)count % 10 * 5000;
  }
  if (!room) return;
  if (room->count == room->space)
    room->lines = realloc(room->lines, (size_t)(room->space = room->space * 2 + 8) * sizeof *room->lines);
  line->room = room;
  line->place = room->count;
  room->lines[room->count++] = line;
}

static int shake(Line *line, const char *data, size_t size) {
  const char *key = memmem(data, size, "Sec-WebSocket-Key: ", 19);
  const char *path = memchr(data, ' ', size), *stop = path ? memchr(path + 1, ' ', size - 5) : NULL;
  if (!key || !stop) return -1;
  char sum[40], out[400];
  accept_key(key + 19, strcspn(key + 19, "\r"), sum);
  int jam = memmem(data, size, "jam.v1", 6) != NULL;
  int n = snprintf(out, sizeof out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: %s\r\n%s\r\n", sum, jam ? "Sec-WebSocket-Protocol: jam.v1\r\n" : "");
  if (write(line->fd, out, (size_t)n) != n) return -1;
  enter(line, path + 1, (size_t)(stop - path - 1));
  line->open = 1;
  return 0;
}

/* Whole frames at the start of data; the bytes they took, or -1 to end the line. */
static ssize_t parse(Line *line, uint8_t *data, size_t size) {
  size_t at = 0;
  if (!line->open) {
    uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return size > 8192 ? -1 : 0;
    if (shake(line, (char *)data, size)) return -1;
    at = (size_t)(end - data) + 4;
  }
  while (size - at >= 6) {
    size_t length = data[at + 1] & 127, head = 6;
    if (length == 126) { if (size - at < 8) break; length = (size_t)data[at + 2] << 8 | data[at + 3]; head = 8; }
    else if (length == 127) return -1;
    if (size - at < head + length) break;
    uint8_t *mask = data + at + head - 4, *body = data + at + head;
    for (size_t i = 0; i < length; i++) body[i] ^= mask[i & 3];
    if ((data[at] & 15) == 8) return -1;
    if ((data[at] & 15) <= 2) said(line, (char *)body, length);
    at += head + length;
  }
  return (ssize_t)at;
}

static void take(Line *line) {
  size_t kept = line->length;
  if (kept) memcpy(block, line->rest, kept);
  ssize_t n = read(line->fd, block + kept, READ - kept);
  if (n < 0 && errno == EAGAIN) return;
  ssize_t used = n <= 0 ? -1 : parse(line, block, kept + (size_t)n);
  if (used < 0) { leave(line); return; }
  line->length = kept + (size_t)n - (size_t)used;
  if (!line->length) return;
  line->rest = realloc(line->rest, line->length);
  memcpy(line->rest, block + used, line->length);
}

static int ticks(uint64_t now) {
  uint64_t next = now + 1000000;
  for (int i = 0; i < count; i++) {
    Room *room = rooms[i];
    if (now >= room->due) {
      if (room->length) {
        room->tick[room->length++] = ']';
        everyone(room, room->tick, room->length);
        room->length = 0;
      }
      while (room->due <= now) room->due += TICK_US;
    }
    if (room->due < next) next = room->due;
  }
  return (int)((next - now) / 1000) + 1;
}

int main(int argc, char **args) {
  if (argc < 3) return 2;
  char *beat[] = {args[0], args[1], "floor", "20", "1000"};
  if (!strcmp(args[2], "beat")) args = beat;
  ticking = !strcmp(args[2], "tick");
  sinking = !strcmp(args[2], "sink");
  uint64_t gap = !strcmp(args[2], "floor") ? 1000000 / (uint64_t)atoi(args[3]) : 0, due = now_us();
  size_t size = gap ? (size_t)atoi(args[4]) : 0;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(args[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(door, (struct sockaddr *)&at, sizeof at) || listen(door, 4096)) { perror("listen"); return 1; }
  queue = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[256];
  epoll_ctl(queue, EPOLL_CTL_ADD, door, &event);
  for (;;) {
    uint64_t now = now_us();
    int wait = ticking ? ticks(now) : -1;
    if (gap) {
      char text[8192];
      memset(text, 'x', sizeof text);
      snprintf(text, sizeof text, "@t%016" PRIx64, now);
      text[18] = 'x';
      for (int i = 0; now >= due && i < count; i++) everyone(rooms[i], text, size);
      if (now >= due) due += gap;
      int64_t left = (int64_t)due - (int64_t)now_us();
      wait = left > 0 ? (int)(left / 1000) + 1 : 0;
    }
    int n = epoll_wait(queue, events, 256, wait);
    for (int i = 0; i < n; i++) {
      if (events[i].data.ptr) { take(events[i].data.ptr); continue; }
      int fd;
      while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        Line *line = calloc(1, sizeof *line);
        line->fd = fd;
        event = (struct epoll_event){.events = EPOLLIN, .data.ptr = line};
        epoll_ctl(queue, EPOLL_CTL_ADD, fd, &event);
      }
    }
  }
}
