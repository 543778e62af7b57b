/* The only file that sees curses. Input does not pass through it: keys.c reads the bytes. */
#include "term.h"

#include "base/err.h" /* first: curses has an ERR of its own */

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct term {
	SCREEN *screen;
	enum term_colours colours;
	struct termios saved;
	attr_t attributes[STYLE_COUNT];
	short pairs[STYLE_COUNT];
};

struct style_row {
	short foreground;
	short background;
	int attributes;
};

static const struct style_row styles[] = {
#define STYLE(name, foreground, background, attributes) {foreground, background, attributes},
#include "style.def"
#undef STYLE
};

static volatile struct term *open_term;

/* An abort restores the terminal first: data is safe, because every change was a transaction. */
static void on_abort(int signal_number)
{
	if (open_term != NULL) {
		static const char leave[] = "\033[?2004l\033[0m\033[?1049l\033[?25h\r\n"
					    "一窗意外停止。已保存的内容都在，请重新打开。\r\n";
		ssize_t ignored = write(STDOUT_FILENO, leave, sizeof leave - 1);
		(void)ignored;
		tcsetattr(STDIN_FILENO, TCSANOW, (const struct termios *)&open_term->saved);
	}
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

static attr_t attribute_of(int attributes, bool mono)
{
	attr_t result = A_NORMAL;
	if (attributes & STYLE_BOLD)
		result |= A_BOLD;
	if (attributes & STYLE_DIM_ATTRIBUTE)
		result |= A_DIM;
	if (attributes & STYLE_UNDERLINE)
		result |= A_UNDERLINE;
	if (mono && (attributes & STYLE_REVERSE_MONO))
		result |= A_REVERSE;
	return result;
}

static void prepare_styles(struct term *term)
{
	bool mono = term->colours == TERM_COLOURS_MONO;
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct style_row row = styles[i];
		term->attributes[i] = attribute_of(row.attributes, mono);
		if (mono)
			continue;
		if (row.foreground >= 8 && term->colours == TERM_COLOURS_8)
			row.foreground = -1;
		init_pair((short)(i + 1), row.foreground, row.background);
		term->pairs[i] = (short)(i + 1);
		if (row.foreground >= 8)
			term->attributes[i] &= ~(attr_t)A_DIM;
	}
}

static enum term_colours available_colours(enum term_colours most)
{
	if (most == TERM_COLOURS_MONO || !has_colors())
		return TERM_COLOURS_MONO;
	start_color();
	use_default_colors();
	return MIN(most, COLORS >= 16 ? TERM_COLOURS_16 : TERM_COLOURS_8);
}

struct term *term_open(const struct term_options *options, GError **error)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(error, ERR_CODE_TERMINAL, NULL);
		return NULL;
	}
	if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	struct term *term = g_new0(struct term, 1);
	tcgetattr(STDIN_FILENO, &term->saved);
	term->screen = newterm(NULL, stdout, stdin);
	if (term->screen == NULL) {
		g_free(term);
		err_set_next(error, ERR_CODE_TERMINAL, "不认识这个终端（TERM）",
			"请设 TERM=xterm 后再试");
		return NULL;
	}
	raw();
	noecho();
	nonl();
	term->colours = available_colours(options->most);
	prepare_styles(term);
	open_term = term;
	static const int aborts[] = {SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	for (size_t i = 0; i < sizeof aborts / sizeof *aborts; i++)
		signal(aborts[i], on_abort);
	fputs("\033[?2004h", stdout);
	fflush(stdout);
	return term;
}

void term_close(struct term *term)
{
	if (term == NULL)
		return;
	fputs("\033[?2004l", stdout);
	fflush(stdout);
	endwin();
	delscreen(term->screen);
	open_term = NULL;
	g_free(term);
}

void term_size(struct term *term, int *ret_rows, int *ret_columns)
{
	*ret_rows = LINES;
	*ret_columns = COLS;
}

bool term_resize(struct term *term)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	if (size.ws_row == LINES && size.ws_col == COLS)
		return false;
	resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
	return true;
}

static void show_cell(struct term *term, int row, int column, const struct cell *cell)
{
	wchar_t text[4] = {
		(wchar_t)cell->text, (wchar_t)cell->marks[0], (wchar_t)cell->marks[1], 0};
	cchar_t character;
	setcchar(&character, text, term->attributes[cell->style], term->pairs[cell->style], NULL);
	mvadd_wch(row, column, &character);
}

void term_show(struct term *term, const struct surface *surface)
{
	erase();
	for (int row = 0; row < surface->rows && row < LINES; row++)
		for (int column = 0; column < surface->columns && column < COLS; column++) {
			const struct cell *cell = &surface->cells[row * surface->columns + column];
			if (cell->text != 0)
				show_cell(term, row, column, cell);
		}
	curs_set(surface->cursor_row >= 0 ? 1 : 0);
	if (surface->cursor_row >= 0)
		move(surface->cursor_row, surface->cursor_column);
	refresh();
}

void term_bell(struct term *term)
{
	beep();
}

void term_refresh(struct term *term)
{
	clearok(curscr, TRUE);
}
