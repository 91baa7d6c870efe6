/**
 * replay: instead of libFuzzer: give a target each file that is named, or that
 * stands in a folder that is named, and each of its beginnings, for what is cut
 * short must not be read beyond its end either.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

/* All beginnings of a file up to this size, of a larger one so many. */
#define BEGINNINGS 512u

static void
one(const char *bytes, size_t len)
{
	uint8_t *copy = malloc(len > 0 ? len : 1);

	/* Of just this size, so that sanitizers see who reads on. */
	MUST(copy != NULL);
	memcpy(copy, bytes, len);
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static void
replay_file(const char *file, size_t *runs)
{
	struct buf b = BUF_EMPTY;
	size_t n, len, step;
	char *to;
	FILE *f;

	if ((f = fopen(file, "re")) == NULL) {
		perror(file);
		exit(1);
	}
	do {
		MUST((to = buf_reserve(&b, 65536)) != NULL);
		n = fread(to, 1, 65536, f);
		b.len += n;
	} while (n > 0);
	fclose(f);
	printf("# %s\n", file);
	fflush(stdout);
	step = b.len / BEGINNINGS + 1;
	for (len = 0; len < b.len; len += step, ++*runs)
		one(b.data, len);
	one(b.data, b.len);
	++*runs;
	buf_free(&b);
}

static void
replay(const char *path, size_t *files, size_t *runs)
{
	struct dirent **names = NULL;
	struct stat st;
	char file[4096];
	int i, n;

	if (stat(path, &st) == -1) {
		perror(path);
		exit(1);
	}
	if (!S_ISDIR(st.st_mode)) {
		replay_file(path, runs);
		++*files;
		return;
	}
	MUST((n = scandir(path, &names, NULL, alphasort)) >= 0);
	for (i = 0; i < n; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
		if (names[i]->d_name[0] != '.')
			replay(file, files, runs);
		free(names[i]);
	}
	free(names);
}

int
main(int argc, char **argv)
{
	size_t files = 0, runs = 0;
	int i;

	for (i = 1; i < argc; i++)
		replay(argv[i], &files, &runs);
	printf("%zu files, %zu runs\n", files, runs);
	return files > 0 ? 0 : 1;
}
