/* Readings of U+4E00–U+9FFF, made at build by scripts/pinyin-table.c. */
#ifndef CATALOG_PINYIN_TABLE_H
#define CATALOG_PINYIN_TABLE_H

#define PINYIN_FIRST 0x4E00
#define PINYIN_LAST 0x9FFF

extern const unsigned short pinyin_table[];  /* character - PINYIN_FIRST → syllable */
extern const char *const pinyin_syllables[]; /* syllable 0 is "" */

#endif
