/* The hub's mark on a head: who signed it and over which bytes is told apart; the key is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "hub/sign.h"
#include "support/home.h"

static const char head[] =
	"{\"at\":\"2026-03-02T01:00:00.000Z\",\"hash\":\"sm3:00\",\"seq\":7,\"store\":\"00\"}";

static int set_up(void **state)
{
	*state = support_folder_new();
	return 0;
}

static int tear_down(void **state)
{
	support_home_free(*state);
	return 0;
}

static struct signer *must_open(const char *home)
{
	GError *error = NULL;
	struct signer *signer = signer_open(home, &error);
	if (signer == NULL)
		fail_msg("%s", error->message);
	return signer;
}

static void signature_verifies_only_over_its_bytes(void **state)
{
	struct signer *signer = must_open(*state);
	g_autofree char *signature = signer_sign(signer, head, strlen(head));
	const char *public = signer_public(signer);
	assert_true(sign_verify(public, head, strlen(head), signature));
	for (size_t i = 0; i < strlen(head); i++) {
		g_autofree char *changed = g_strdup(head);
		changed[i] ^= 1;
		assert_false(sign_verify(public, changed, strlen(changed), signature));
	}
	assert_false(sign_verify(public, head, strlen(head) - 1, signature));
	signer_close(signer);
}

static void broken_signatures_and_keys_do_not_verify(void **state)
{
	struct signer *signer = must_open(*state);
	g_autofree char *signature = signer_sign(signer, head, strlen(head));
	g_autofree char *longer = g_strconcat(signature, "00", NULL);
	g_autofree char *changed = g_strdup(signature);
	changed[strlen(changed) - 1] ^= 1;
	const char *const broken[] = {
		"", "sm2:", "sm2:zz", "sm3:00", "sm2:00", signature + 4, longer, changed};
	for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
		assert_false(sign_verify(signer_public(signer), head, strlen(head), broken[i]));
	assert_false(sign_verify("no key", head, strlen(head), signature));
	signer_close(signer);
}

static void key_is_private_and_kept(void **state)
{
	g_autofree char *path = g_build_filename(*state, "sign.key", NULL);
	struct signer *signer = must_open(*state);
	g_autofree char *public = g_strdup(signer_public(signer));
	g_autofree char *signature = signer_sign(signer, head, strlen(head));
	signer_close(signer);
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	signer = must_open(*state);
	assert_string_equal(signer_public(signer), public);
	assert_true(sign_verify(signer_public(signer), head, strlen(head), signature));
	signer_close(signer);
	assert_int_equal(unlink(path), 0);
	signer = must_open(*state);
	assert_false(sign_verify(signer_public(signer), head, strlen(head), signature));
	signer_close(signer);
}

static void unreadable_key_is_an_error(void **state)
{
	g_autofree char *path = g_build_filename(*state, "sign.key", NULL);
	GError *error = NULL;
	assert_true(g_file_set_contents(path, "not a key", -1, NULL));
	assert_null(signer_open(*state, &error));
	assert_true(err_is(error, ERR_CODE_IO));
	g_clear_error(&error);
	assert_null(signer_open("/nonexistent", &error));
	assert_true(err_is(error, ERR_CODE_IO));
	g_clear_error(&error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			signature_verifies_only_over_its_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			broken_signatures_and_keys_do_not_verify, set_up, tear_down),
		cmocka_unit_test_setup_teardown(key_is_private_and_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unreadable_key_is_an_error, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
