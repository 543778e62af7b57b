/*
 * What is hashed, byte by byte. All integers are big-endian; a field is its length in 4 bytes and
 * its bytes; an absent field is the length 0xffffffff and nothing; a number is a field of 8 bytes
 * (two's complement). The header of a fact is the fields, in this order:
 *
 *     "yichuang fact 1"                       the format
 *     store                                   16 bytes
 *     seq                                     number
 *     previous                                32 bytes: the hash of seq - 1, zeroes before the
 * first time_ms  happened_ms                    numbers; happened_ms 0: the same kind text case_id
 * text or absent item                                    number, -1 none actor  os_user  window
 * authority  source   texts body digest                             32 bytes: SM3(salt, then body,
 * without lengths; the salt always has 16 bytes)
 *
 * hash = SM3(header). data/vectors/journal.json holds three chained facts.
 */
#include "store/journal.h"

#define FORMAT "yichuang fact 1"
#define ABSENT UINT32_MAX

static void add(GByteArray *header, const void *data, size_t size)
{
	uint32_t length = GUINT32_TO_BE((uint32_t)size);
	g_byte_array_append(header, (const guint8 *)&length, sizeof length);
	g_byte_array_append(header, data, (guint)size);
}

static void add_number(GByteArray *header, int64_t number)
{
	uint64_t bytes = GUINT64_TO_BE((uint64_t)number);
	add(header, &bytes, sizeof bytes);
}

static void add_text(GByteArray *header, const char *text)
{
	uint32_t absent = ABSENT;
	if (text != NULL)
		add(header, text, strlen(text));
	else
		g_byte_array_append(header, (const guint8 *)&absent, sizeof absent);
}

static void add_bytes(GByteArray *header, GBytes *bytes)
{
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	add(header, data, size);
}

struct digest journal_hash(const struct journal_row *row)
{
	uint8_t store[STORE_ID_SIZE] = {0};
	(void)digest_unhex(row->store, store, sizeof store);
	g_autoptr(GByteArray) header = g_byte_array_sized_new(512);
	add_text(header, FORMAT);
	add(header, store, sizeof store);
	add_number(header, row->seq);
	add_bytes(header, row->previous);
	add_number(header, row->time_ms);
	add_number(header, row->happened_ms);
	add_text(header, row->kind);
	add_text(header, row->case_id);
	add_number(header, row->item);
	add_text(header, row->actor);
	add_text(header, row->os_user);
	add_text(header, row->window);
	add_text(header, row->authority);
	add_text(header, row->source);
	add_bytes(header, row->body_digest);
	return digest_of(header->data, header->len);
}

struct digest journal_body_digest(const void *salt, size_t salt_size, const void *body, size_t size)
{
	return digest_of_parts((const struct digest_part[]){{salt, salt_size}, {body, size}}, 2);
}
