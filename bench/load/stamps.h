/* When the messages within a frame were sent, and how long they took. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define BINS 2000000 /* of 10 us */
#define BASE 7000    /* x and y of a stamp in tenths of a millisecond, within a canvas */
#define ROUND (BASE * BASE)

static const char *stamp, *digits;
static int measuring;
static uint64_t messages;
static uint32_t bins[BINS];

static void sample(uint64_t us) {
  if (!measuring) return;
  messages++;
  bins[us / 10 < BINS ? us / 10 : BINS - 1]++;
}

/* Every message carries when it was sent; one frame may hold many. */
static void scan(const uint8_t *data, size_t size, uint64_t now) {
  const uint8_t *end = data + size, *at = data;
  int xy = !strcmp(stamp, "xy");
  const char *mark = xy ? "{\"x\":" : stamp;
  size_t length = strlen(mark);
  while ((at = memmem(at, (size_t)(end - at), mark, length))) {
    at += length;
    uint64_t then = 0;
    if (xy) {
      uint64_t x = 0, y = 0;
      while (at < end && *at >= '0' && *at <= '9') x = x * 10 + *at++ - '0';
      if (end - at < 6) return;
      at += 5; /* ,"y": */
      while (at < end && *at >= '0' && *at <= '9') y = y * 10 + *at++ - '0';
      then = x * BASE + y;
      sample((now / 100 % ROUND + ROUND - then) % ROUND * 100);
    } else if (end - at >= 16) {
      for (int i = 0; i < 16; i++, at++)
        then = then << 4 | (uint64_t)((strchr(digits, *at) ?: digits) - digits);
      sample(now - then);
    }
  }
}

static double quantile(double q) {
  uint64_t seen = 0, want = (uint64_t)((double)messages * q);
  for (int i = 0; i < BINS; i++) if ((seen += bins[i]) > want) return i / 100.0;
  return 0;
}

/* A stamp as text; its length. */
static size_t stamped(char *out, uint64_t now) {
  size_t size = strlen(stamp);
  memcpy(out, stamp, size);
  for (int i = 0; i < 16; i++) out[size + (size_t)i] = digits[now >> (60 - 4 * i) & 15];
  return size + 16;
}
