/* A WebSocket load client: many lines in one thread, so that it never weighs more than what it
 * measures. It knows no server: bench/works.py writes for every line what to say at first.
 *
 *   load PORT SPEC MODE RATE WARM_MS RUN_MS STAMP DIGITS ACK TEMPLATE
 *   SPEC: one line per client: path TAB subprotocol TAB sends(0/1) TAB expected TAB opening...
 *   MODE: run | join | hold | stuck    STAMP: xy, or the text before 16 hex digits in DIGITS
 *   TEMPLATE: $S stamp, $X and $Y the stamp as two numbers, $N the number of the message
 *
 * Prints "start" and "end" around what is measured, then one line of JSON. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "stamps.h"

#define READ (1 << 20)

typedef struct {
  int fd, open, joined, sends;
  char *path, *protocol, *opening;
  uint64_t expected, frames, count, unacked, acked_at;
  char pos[160];
  uint8_t *rest;
  size_t length, room;
} Line;

static Line *lines;
static Line **senders;
static int total, sending, opened, joined, lost, port, queue, ack;
static uint64_t frames, bytes, sent, said;
static const char *template;
static uint8_t block[READ];

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void put(Line *line, const void *data, size_t size) {
  const char *at = data;
  while (size) {
    ssize_t n = write(line->fd, at, size);
    if (n < 0 && errno == EAGAIN) { usleep(200); continue; }
    if (n <= 0) return;
    at += n;
    size -= (size_t)n;
  }
}

static void say(Line *line, int opcode, const char *data, size_t size) {
  static uint8_t out[70000];
  size_t at = 2;
  if (measuring) said++;
  out[0] = (uint8_t)(0x80 | opcode);
  if (size < 126) out[1] = (uint8_t)(0x80 | size);
  else { out[1] = 0x80 | 126; out[2] = (uint8_t)(size >> 8); out[3] = (uint8_t)size; at = 4; }
  memcpy(out + at, "\x5a\x0f\x33\x77", 4);
  const uint8_t *mask = out + at;
  at += 4;
  for (size_t i = 0; i < size; i++) out[at + i] = (uint8_t)data[i] ^ mask[i & 3];
  put(line, out, at + size);
}

/* What is to be said at first; a part with "<" before it waits for a frame of the server. */
static void open_with(Line *line, int may) {
  while (line->opening && *line->opening) {
    if (*line->opening == '<' && !may--) return;
    char *part = strsep(&line->opening, "\t");
    part += *part == '<';
    line->count += strstr(part, "\"n\":") != NULL;
    say(line, 1, part, strlen(part));
  }
}

static void heard(Line *line, int opcode, const uint8_t *data, size_t size, uint64_t now) {
  if (opcode == 9) { say(line, 10, (const char *)data, size); return; }
  if (opcode > 2) return;
  line->frames++;
  open_with(line, 1);
  if (!line->joined && line->frames >= line->expected) { line->joined = 1; joined++; }
  if (measuring) { frames++; bytes += size; }
  scan(data, size, now);
  if (!ack) return;
  const uint8_t *at = memmem(data, size < 400 ? size : 400, "\"pos\":\"", 7);
  const uint8_t *stop = at ? memchr(at + 7, '"', (size_t)(data + size - at - 7)) : NULL;
  if (stop && stop - at - 7 < (long)sizeof line->pos) {
    memcpy(line->pos, at + 7, (size_t)(stop - at - 7));
    line->pos[stop - at - 7] = 0;
  }
  line->unacked += size;
  if (line->pos[0] && (line->unacked > 32768 || now - line->acked_at > 1000000)) {
    char out[256];
    int n = snprintf(out, sizeof out, "{\"t\":\"k\",\"pos\":\"%s\"}", line->pos);
    say(line, 1, out, (size_t)n);
    line->unacked = 0;
    line->acked_at = now;
  }
}

/* Whole frames at the start of data; returns the bytes they took. */
static size_t parse(Line *line, const uint8_t *data, size_t size, uint64_t now) {
  size_t at = 0;
  if (!line->open) {
    const uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (!memmem(data, 16, " 101", 4)) { fprintf(stderr, "refused: %.60s\n", data); exit(1); }
    at = (size_t)(end - data) + 4;
    line->open = 1;
    opened++;
    open_with(line, 0);
    if (!line->expected) { line->joined = 1; joined++; }
  }
  while (size - at >= 2) {
    size_t length = data[at + 1], head = 2;
    if (length > 125) {
      head = length == 126 ? 4 : 10;
      if (size - at < head) break;
      length = 0;
      for (size_t i = 2; i < head; i++) length = length << 8 | data[at + i];
    }
    if (size - at < head + length) break;
    heard(line, data[at] & 15, data + at + head, length, now);
    at += head + length;
  }
  return at;
}

static void take(Line *line) {
  ssize_t n = read(line->fd, block, READ);
  if (n <= 0) {
    if (n < 0 && errno == EAGAIN) return;
    if (lost++ == 0) fprintf(stderr, "a line was lost\n");
    close(line->fd);
    line->sends = 0;
    return;
  }
  uint8_t *data = block;
  size_t size = (size_t)n;
  if (line->length) {
    if (line->length + size > line->room) line->rest = realloc(line->rest, line->room = line->length + size);
    memcpy(line->rest + line->length, block, size);
    data = line->rest;
    size += line->length;
  }
  size_t used = parse(line, data, size, now_us());
  line->length = size - used;
  if (!line->length) return;
  if (line->length > line->room) line->rest = realloc(line->rest, line->room = line->length);
  memmove(line->rest, data + used, line->length);
}

static void turn(int ms) {
  struct epoll_event events[256];
  int n = epoll_wait(queue, events, 256, ms);
  for (int i = 0; i < n; i++) take(events[i].data.ptr);
}

static void dial(Line *line) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  line->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(line->fd, (struct sockaddr *)&to, sizeof to)) { perror("connect"); exit(1); }
  int one = 1;
  setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(line->fd, F_SETFL, O_NONBLOCK);
  char out[1024], offer[128] = "";
  if (line->protocol[0]) snprintf(offer, sizeof offer, "Sec-WebSocket-Protocol: %s\r\n", line->protocol);
  int n = snprintf(out, sizeof out,
                   "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                   line->path, port, offer);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = line};
  epoll_ctl(queue, EPOLL_CTL_ADD, line->fd, &event);
  put(line, out, (size_t)n);
}

static void speak(Line *line, uint64_t now) {
  static char out[66000];
  size_t size = 0;
  uint64_t t = now / 100 % ROUND;
  for (const char *at = template; *at && size < 65000; at++) {
    if (*at != '$') { out[size++] = *at; continue; }
    at++;
    if (*at == 'S') size += stamped(out + size, now);
    else if (*at == 'X') size += (size_t)sprintf(out + size, "%d", (int)(t / BASE));
    else if (*at == 'Y') size += (size_t)sprintf(out + size, "%d", (int)(t % BASE));
    else if (*at == 'N') size += (size_t)sprintf(out + size, "%" PRIu64, ++line->count);
  }
  say(line, 1, out, size);
  if (measuring) sent++;
}

/* All senders keep one rhythm, each in its own place of it; a late beat is not skipped. */
static void play(uint64_t until, double rate) {
  static uint64_t beat, began;
  double gap = sending ? 1e6 / rate / sending : 1e6;
  if (!began) began = now_us();
  for (uint64_t now = now_us(); now < until; now = now_us()) {
    uint64_t due = began + (uint64_t)((double)(beat + 1) * gap);
    if (sending && rate > 0 && now >= due) {
      Line *line = senders[beat++ % (uint64_t)sending];
      if (line->sends) speak(line, now);
      if (beat % 8) continue;
    }
    int64_t wait = (int64_t)(due < until && rate > 0 && sending ? due : until) - (int64_t)now;
    turn(wait > 1000 ? (int)(wait / 1000) : 0);
  }
}

static void load(const char *file) {
  FILE *in = fopen(file, "r");
  char *text = NULL;
  size_t room = 0;
  lines = calloc(20000, sizeof *lines);
  senders = calloc(20000, sizeof *senders);
  while (total < 20000 && getline(&text, &room, in) > 0) {
    text[strcspn(text, "\n")] = 0;
    char *rest = strdup(text);
    Line *line = &lines[total++];
    line->path = strsep(&rest, "\t");
    line->protocol = strsep(&rest, "\t");
    line->sends = atoi(strsep(&rest, "\t"));
    line->expected = (uint64_t)atoi(strsep(&rest, "\t"));
    line->opening = rest ? rest : "";
    sending += line->sends;
  }
  /* Neighbours of the list speak far apart, or the people of a room would all speak at once. */
  int place = 0;
  for (int i = 0; i < total; i++) {
    if (!lines[i].sends) continue;
    while (senders[place]) place = (place + 1) % sending;
    senders[place] = &lines[i];
    place = (place + 617) % sending;
  }
}

int main(int count, char **args) {
  if (count != 11) return fprintf(stderr, "see the head of load.c\n"), 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  setvbuf(stdout, NULL, _IOLBF, 0);
  port = atoi(args[1]);
  const char *mode = args[3];
  double rate = atof(args[4]);
  uint64_t warm = (uint64_t)atoi(args[5]) * 1000, run = (uint64_t)atoi(args[6]) * 1000;
  stamp = args[7];
  digits = args[8];
  ack = atoi(args[9]);
  template = args[10];
  load(args[2]);
  queue = epoll_create1(0);
  int join = !strcmp(mode, "join");
  uint64_t began = now_us(), limit = began + 60000000;
  if (join) puts("start");
  for (int i = 0; i < total; i++) {
    dial(&lines[i]);
    while (i + 1 - opened > 50 && now_us() < limit) turn(10);
  }
  while (joined < total && now_us() < limit) turn(10);
  uint64_t took = now_us() - began;
  if (joined < total) { fprintf(stderr, "only %d of %d have joined\n", joined, total); return 1; }
  if (!strcmp(mode, "stuck")) epoll_ctl(queue, EPOLL_CTL_DEL, lines[0].fd, NULL);
  if (!join) {
    play(now_us() + warm, rate);
    puts("start");
    measuring = 1;
    play(now_us() + run, rate);
    measuring = 0;
  }
  puts("end");
  printf("{\"lines\":%d,\"lost\":%d,\"join_ms\":%.1f,\"sent\":%" PRIu64 ",\"said\":%" PRIu64 ",\"frames\":%" PRIu64 ",\"messages\":%" PRIu64
         ",\"bytes\":%" PRIu64 ",\"p50\":%.2f,\"p99\":%.2f}\n",
         total, lost, (double)took / 1000, sent, said, frames, messages, bytes, quantile(0.5), quantile(0.99));
  return 0;
}
