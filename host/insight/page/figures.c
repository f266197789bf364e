#include "figures.h"

#include <stdio.h>

pi_slice pi_figure_count(char out[PI_FIGURE_BYTES], uint64_t count) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
  size_t used = 0;
  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) out[used++] = ',';
    out[used++] = digits[i];
  }
  return (pi_slice){out, used};
}

uint64_t pi_figure_tenths(uint64_t part, uint64_t whole) {
  uint64_t twice = part % whole * 2000 / whole; /* half tenths, so that nothing overflows below 2^53 */
  uint64_t tenths = part / whole * 1000 + (twice + 1) / 2;
  return part < whole && tenths == 1000 ? 999 : tenths;
}

pi_slice pi_figure_share(char out[PI_FIGURE_BYTES], uint64_t part, uint64_t whole) {
  if (whole == 0) return PI_SLICE("–");
  uint64_t tenths = pi_figure_tenths(part, whole);
  int length = snprintf(out, PI_FIGURE_BYTES, "%llu.%llu%%", (unsigned long long)(tenths / 10),
                        (unsigned long long)(tenths % 10));
  return (pi_slice){out, (size_t)length};
}

pi_slice pi_figure_decimal(char out[PI_FIGURE_BYTES], int64_t value, unsigned decimals, bool sign) {
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, value, decimals);
  const char *before = value < 0 ? "−" : sign && value > 0 ? "+" : "";
  size_t minus = value < 0 ? 1 : 0;
  int used = snprintf(out, PI_FIGURE_BYTES, "%s%.*s", before, (int)(length - minus), digits + minus);
  return (pi_slice){out, (size_t)used};
}

pi_slice pi_figure_bar(char out[PI_BAR_BYTES], uint64_t part, uint64_t most, unsigned cells) {
  static const char *const EIGHTHS[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  size_t used = 0;
  if (cells > PI_BAR_CELLS_MAX) cells = PI_BAR_CELLS_MAX;
  if (part == 0 || most == 0) return (pi_slice){out, 0};
  if (part > most) part = most;
  while (most > UINT64_MAX / (8 * PI_BAR_CELLS_MAX)) {
    part /= 2;
    most /= 2;
  }
  uint64_t eighths = part * cells * 8 / most;
  if (eighths == 0) eighths = 1;
  for (; eighths >= 8; eighths -= 8, used += 3) memcpy(out + used, "█", 3);
  if (eighths > 0) memcpy(out + used, EIGHTHS[eighths], 3);
  used += eighths > 0 ? 3 : 0;
  return (pi_slice){out, used};
}

void pi_exact_add(pi_exact_sum *sum, int64_t nano) {
  sum->whole += nano / PI_NANO;
  sum->nano += nano % PI_NANO;
  sum->count++;
}

int64_t pi_exact_average(const pi_exact_sum *sum) {
  if (sum->count == 0) return 0;
  int64_t count = (int64_t)sum->count;
  int64_t quotient = sum->whole / count;
  int64_t rest = sum->whole % count * PI_NANO + sum->nano; /* of billionths, to be shared by count */
  int64_t twice = 2 * (rest / count) * count + 2 * (rest % count) + 1000 * count;
  int64_t micro = twice / (2000 * count);
  if (twice % (2000 * count) < 0) micro--; /* down, also below 0 */
  return quotient * PI_MICRO + micro;
}
