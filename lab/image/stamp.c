// Copies standard input to standard output in frames, each with the time it came: Unix seconds with nine
// decimals, its length in bytes, a line end, its bytes. For what others tell without saying when, such as
// OVSDB's updates: whoever reads them further on may be late.
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int put(const char *from, size_t length)
{
	while (length > 0) {
		ssize_t put = write(STDOUT_FILENO, from, length);
		if (put < 0)
			return -1;
		from += put;
		length -= put;
	}
	return 0;
}

int main(void)
{
	static char chunk[65536];
	char head[64];
	for (;;) {
		ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
		if (got <= 0)
			return got < 0;
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		int length = snprintf(head, sizeof head, "%lld.%09ld %zd\n", (long long)t.tv_sec, t.tv_nsec, got);
		if (put(head, length) < 0 || put(chunk, got) < 0)
			return 1;
	}
}
