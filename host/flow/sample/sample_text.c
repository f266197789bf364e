#include "sample_text.h"

#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "utf8.h"

/* ---- what texts are made of ---- */

enum { SENTENCES_MAX = 8 };

typedef struct language {
  pi_slice code;                     /* as Twitter gives it, its old codes too */
  pi_slice sentences[SENTENCES_MAX]; /* ends with an empty one */
} language;

/* clang-format off */
#define S(text) PI_SLICE_INIT(text)
static const language LANGUAGES[] = {
  {S("en"), {S("The vote on the budget is tonight, and I stand by every word I said in the chamber."),
             S("They had four years to mend this and did nothing."),
             S("Whoever blocks the road to the port will be held to account, & soon."),
             S("I have spoken with the president of the council about the border and the ships."),
             S("Turn out, stand in line, and make your voice count!"),
             S("The report is public; read it before you shout \"cover-up\"."),
             S("What happened on the square last night was a disgrace.")}},
  {S("nl"), {S("Vanavond stemt de Kamer over de begroting, en ik sta achter elk woord dat ik daar heb gezegd."),
             S("Het rapport is openbaar; lees het voordat u ‘doofpot’ roept."),
             S("Ze hadden vier jaar om dit te herstellen en deden niets."),
             S("Wat gisteravond op het plein gebeurde, is een schande."),
             S("Dank aan de verpleegkundigen en chauffeurs die de stad draaiende hielden."),
             S("Wie de weg naar de haven blokkeert, zal zich moeten verantwoorden.")}},
  {S("de"), {S("Heute Abend wird über den Haushalt abgestimmt, und ich stehe zu jedem Wort."),
             S("Der Bericht ist öffentlich; lesen Sie ihn, bevor Sie „Vertuschung“ rufen."),
             S("Sie hatten vier Jahre Zeit und haben nichts getan."),
             S("Was gestern Nacht auf dem Platz geschah, ist eine Schande für uns alle.")}},
  {S("fr"), {S("Ce soir nous votons le budget, et j’assume chaque mot prononcé à l’Assemblée."),
             S("Le rapport est public : lisez-le avant de crier au scandale."),
             S("Ils ont eu quatre ans pour réparer cela et n’ont rien fait."),
             S("Merci aux infirmières et aux chauffeurs qui ont fait tourner la ville.")}},
  {S("es"), {S("Esta noche votamos el presupuesto, y mantengo cada palabra que dije en la cámara."),
             S("¡El informe es público! Léanlo antes de gritar."),
             S("Tuvieron cuatro años para arreglarlo y no hicieron nada.")}},
  {S("pt"), {S("Esta noite votamos o orçamento, e mantenho cada palavra que disse na câmara."),
             S("O relatório é público; leiam antes de gritar."),
             S("Tiveram quatro anos para resolver isto e não fizeram nada.")}},
  {S("tr"), {S("Bu akşam bütçe oylanıyor ve söylediğim her sözün arkasındayım."),
             S("Rapor herkese açık; bağırmadan önce okuyun."),
             S("İşçilere ve şoförlere teşekkürler.")}},
  {S("ru"), {S("Сегодня вечером голосование по бюджету, и я отвечаю за каждое своё слово."),
             S("Отчёт открыт для всех: прочтите его, прежде чем кричать."),
             S("У них было четыре года, и они ничего не сделали.")}},
  {S("hi"), {S("आज रात बजट पर मतदान है, और मैं अपने हर शब्द पर कायम हूँ।"),
             S("रिपोर्ट सार्वजनिक है; चिल्लाने से पहले उसे पढ़ें।")}},
  {S("ar"), {S("الليلة نصوّت على الموازنة، وأنا ملتزم بكل كلمة قلتها."),
             S("التقرير منشور للجميع؛ اقرؤوه قبل أن تصرخوا."),
             S("شكرًا للممرضات والسائقين الذين أبقوا المدينة تعمل.")}},
  {S("iw"), {S("הערב מצביעים על התקציב, ואני עומד מאחורי כל מילה שאמרתי."),
             S("הדו\"ח פתוח לציבור; קראו אותו לפני שאתם צועקים.")}},
  {S("ja"), {S("今夜、予算案の採決があります。議場で述べた一言一言に責任を持ちます。"),
             S("報告書は公開されています。叫ぶ前に読んでください。")}},
  {S("ko"), {S("오늘 밤 예산안을 표결합니다. 제가 한 모든 말에 책임을 지겠습니다."),
             S("보고서는 공개되어 있습니다. 먼저 읽어 보십시오.")}},
  {S("in"), {S("Malam ini anggaran diputuskan, dan saya bertanggung jawab atas setiap kata saya."),
             S("Laporannya terbuka; bacalah sebelum berteriak.")}},
  {S("und"), {S("🗳️🗳️🗳️"), S("𝗩𝗢𝗧𝗘 𝟮𝟬𝟮𝟰"), S("👩‍👩‍👧‍👦 ❤️ 🇳🇱")}},
};

/* What stands between sentences: emoji beyond the first plane, tags, links, newlines, marks of direction. */
static const pi_slice BETWEEN[] = {
  S(" "), S(" "), S(" "), S(" "), S("\n\n"), S(" 👏🏽 "), S(" … "), S(" 🇺🇳🕊️ "), S(" #budget "),
  S(" #בחירות "), S(" https://t.co/AbC123xYz9 "), S("\xe2\x80\x8f "), S(" @UNOG_press "), S(" &amp; "),
};

static const pi_slice AT_EDGES[] = {
  S(""), S(" "), S("𝄞"), S("\x01\x1f\x7f\t\r\n\"\\/"), S("\xe2\x80\xae" "abc\xe2\x80\xac"), S("\xef\xbf\xbe\xf4\x8f\xbf\xbf"),
};
#undef S
/* clang-format on */
enum {
  LANGUAGES_COUNT = sizeof LANGUAGES / sizeof *LANGUAGES,
  BETWEEN_COUNT = sizeof BETWEEN / sizeof *BETWEEN,
  EDGES_COUNT = sizeof AT_EDGES / sizeof *AT_EDGES,
};

/* ---- composing ---- */

enum { TEXT_BYTES = 4096 };

/* A text in the making. */
typedef struct composer {
  char *bytes; /* TEXT_BYTES, in the arena */
  size_t length;
  uint32_t points;
} composer;

static void add(composer *self, pi_slice piece) {
  if (piece.len > TEXT_BYTES - self->length) return;
  memcpy(self->bytes + self->length, piece.ptr, piece.len);
  self->length += piece.len;
  self->points += (uint32_t)pi_utf8_count(piece);
}

/* Data that nobody has: numbers kept for fiction, and example.org. Two digits stand between; in the order of
 * PI_SPAN_KINDS. */
static const struct {
  pi_slice before, after;
} PRIVATE[] = {
    {PI_SLICE_INIT("+1 202-555-01"), PI_SLICE_INIT("")},
    {PI_SLICE_INIT(""), PI_SLICE_INIT(" Harbour Lane")},
    {PI_SLICE_INIT("j.doe"), PI_SLICE_INIT("@example.org")},
    {PI_SLICE_INIT("BSN 0000000"), PI_SLICE_INIT("")},
    {PI_SLICE_INIT("52.09"), PI_SLICE_INIT(" N, 4.28 E")},
    {PI_SLICE_INIT("NL00TEST00000000"), PI_SLICE_INIT("")},
    {PI_SLICE_INIT("plate ZZ-"), PI_SLICE_INIT("-ZZ")},
};

static pi_span add_private(composer *self, pi_draw *draw) {
  uint32_t kind = pi_draw_below(draw, sizeof PRIVATE / sizeof *PRIVATE);
  uint32_t number = pi_draw_below(draw, 100);
  char digits[] = {(char)('0' + number / 10), (char)('0' + number % 10)};
  pi_span span = {.start = self->points, .kind = -1};
  add(self, PRIVATE[kind].before);
  add(self, (pi_slice){digits, sizeof digits});
  add(self, PRIVATE[kind].after);
  span.end = self->points;
  if (kind < PI_SPAN_KINDS.count && pi_draw_percent(draw, 80)) span.kind = (int8_t)kind;
  return span;
}

static uint32_t count_sentences(const language *self) {
  uint32_t count = 0;
  while (count < SENTENCES_MAX && self->sentences[count].len > 0) count++;
  return count;
}

/* Sentences, and behind some of them a piece of private data. */
static uint32_t compose(pi_sampling *sampling, composer *self, uint32_t wanted, pi_span *spans) {
  static const uint32_t LENGTHS[] = {1, 1, 1, 1, 2, 2, 2, 3, 4, 6};
  pi_draw *draw = &sampling->draw;
  const language *spoken = &LANGUAGES[sampling->language];
  uint32_t sentences = LENGTHS[pi_draw_below(draw, sizeof LENGTHS / sizeof *LENGTHS)];
  uint32_t choice = count_sentences(spoken), at = pi_draw_below(draw, choice), made = 0;
  for (uint32_t i = 0; i < sentences || made < wanted; i++) {
    if (i > 0) add(self, BETWEEN[pi_draw_below(draw, BETWEEN_COUNT)]);
    add(self, spoken->sentences[(at + i) % choice]);
    if (made == wanted || !(i + 1 >= sentences || pi_draw_percent(draw, 50))) continue;
    add(self, PI_SLICE(" "));
    spans[made++] = add_private(self, draw);
  }
  return made;
}

/* The longest text there may be, of characters of 1 to 4 bytes. */
static pi_slice longest(pi_sampling *self) {
  static const pi_slice LETTERS[] = {PI_SLICE_INIT("a"), PI_SLICE_INIT("é"), PI_SLICE_INIT("語"),
                                     PI_SLICE_INIT("𝄞")};
  pi_slice letter = LETTERS[self->number % 4];
  char *bytes = pi_sampling_alloc(self, PI_TEXT_POINTS_MAX * letter.len);
  if (bytes == NULL) return (pi_slice){"", 0};
  for (size_t i = 0; i < PI_TEXT_POINTS_MAX; i++) memcpy(bytes + i * letter.len, letter.ptr, letter.len);
  return (pi_slice){bytes, PI_TEXT_POINTS_MAX * letter.len};
}

pi_slice pi_sample_language(pi_sampling *self) {
  /* Half is written in the first two, as the shipped locales are. */
  bool common = pi_draw_percent(&self->draw, 50);
  self->language = pi_draw_below(&self->draw, common ? 2 : LANGUAGES_COUNT);
  return LANGUAGES[self->language].code;
}

uint32_t pi_sample_text(pi_sampling *self, uint32_t wanted, pi_span spans[PI_SAMPLE_PRIVATE_MAX]) {
  pi_value made = {.string = {"", 0}};
  uint32_t count = 0;
  uint32_t form = pi_draw_below(&self->draw, 100);
  if (wanted == 0 && form < (self->plan->edges ? 25u : 4u)) return 0; /* not known */
  if (wanted == 0 && self->plan->edges && form < 26) {
    made.string = longest(self);
  } else if (wanted == 0 && self->plan->edges && form < 70) {
    made.string = AT_EDGES[pi_draw_below(&self->draw, EDGES_COUNT)];
  } else {
    composer text = {.bytes = pi_sampling_alloc(self, TEXT_BYTES)};
    if (text.bytes == NULL) return 0;
    count = compose(self, &text, wanted, spans);
    made.string = (pi_slice){text.bytes, text.length};
  }
  pi_sampling_put(self, PI_FACT_TWEET_TEXT, made);
  return count;
}
