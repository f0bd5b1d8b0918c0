// Paced streams of numbered probes, for prober.c.
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAGIC = 0x6f766e67, FORWARD = 0, REVERSE = 1, STOP = 2, FLOWS = 512, SECOND = 1000000000, FORGET = 120, SOON = SECOND / 100 };

struct probe { /* all in network order; 32 bytes */
	uint32_t magic, flow;
	uint32_t kind, gap_us;
	uint64_t number, sent_ns;
} __attribute__((packed));

struct stream {
	int fd;
	uint32_t flow, gap_us, kind;
	struct sockaddr_in to;
	struct in_addr self; /* source address to use; 0.0.0.0: the kernel's choice */
	uint64_t number, due, sent, latest, errors, told;
	uint64_t heard, last_heard; /* of the other direction: how many, and when the last one */
};

static struct stream streams[FLOWS]; /* the first `active` are in use */
static int active;

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * (uint64_t)SECOND + t.tv_nsec;
}

static const char *direction(const struct stream *s) { return s->kind == FORWARD ? "forward" : "reverse"; }

static void tell(struct stream *s)
{
	printf("stat %u %s %llu %llu %llu\n", s->flow, direction(s),
	       (unsigned long long)s->sent, (unsigned long long)(s->latest / 1000), (unsigned long long)s->errors);
	s->sent = s->latest = s->errors = 0;
	s->told = now(CLOCK_MONOTONIC);
}

static void end(struct stream *s)
{
	tell(s);
	printf("end %u %s %llu %llu\n", s->flow, direction(s), (unsigned long long)s->number, (unsigned long long)s->heard);
}

/* Sends from an address of ours, so that an answer comes from where the question went: a node with
 * several links would otherwise answer with the link's own address, which no NAT entry matches. */
static int send_from(int fd, struct in_addr self, struct sockaddr_in *to, const void *bytes, size_t size)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(struct in_pktinfo))]; } control = { 0 };
	struct iovec part = { (void *)bytes, size };
	struct msghdr message = { .msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &part, .msg_iovlen = 1 };
	if (self.s_addr) {
		struct in_pktinfo info = { .ipi_spec_dst = self };
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
		control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO };
		memcpy(CMSG_DATA(&control.header), &info, sizeof info);
	}
	return sendmsg(fd, &message, 0);
}

static ssize_t receive(int fd, void *bytes, size_t size, struct sockaddr_in *from, struct in_addr *self)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(struct in_pktinfo))]; } control;
	struct iovec part = { bytes, size };
	struct msghdr message = { .msg_name = from, .msg_namelen = sizeof *from, .msg_iov = &part, .msg_iovlen = 1,
				  .msg_control = &control, .msg_controllen = sizeof control };
	ssize_t n = recvmsg(fd, &message, MSG_DONTWAIT);
	struct cmsghdr *header = n < 0 ? NULL : CMSG_FIRSTHDR(&message);
	if (header && header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO)
		*self = ((struct in_pktinfo *)CMSG_DATA(header))->ipi_addr;
	return n;
}

static int emit(struct stream *s, uint32_t kind)
{
	struct probe p = { htobe32(MAGIC), htobe32(s->flow), htobe32(kind), htobe32(s->gap_us),
			   htobe64(s->number), htobe64(now(CLOCK_REALTIME)) };
	return send_from(s->fd, s->self, &s->to, &p, sizeof p);
}

/* The first tick after an instant. Flows take turns: their ticks are spread over the gap by their
 * numbers (van der Corput), but fall on whole milliseconds, also between processes, because all of
 * them count on one clock. Flows that share a tick share a wake-up of ours and a round of the
 * userspace switch, which costs more than the packets: at 16 flows of 250 a second half of both. */
static uint64_t next_tick(const struct stream *s, uint64_t t)
{
	uint64_t gap = s->gap_us * 1000ull, part = 0;
	for (int bit = 0; bit < 8; bit++)
		part |= ((s->flow >> bit) & 1) << (7 - bit);
	uint64_t phase = gap * part / 256;
	phase -= phase % (SECOND / 1000);
	return t + gap - (t + gap - phase) % gap;
}

/* Sends what is due, at most one probe, and moves on to the next tick that lies ahead. */
static void tick(struct stream *s, uint64_t t)
{
	if (t < s->due)
		return;
	if (t - s->due > s->latest)
		s->latest = t - s->due;
	s->number++;
	if (emit(s, s->kind) < 0)
		s->errors++;
	else
		s->sent++;
	s->due = next_tick(s, t);
	if (t - s->told >= SECOND)
		tell(s);
}

/* Sends all that is due; says when the next probe is. */
static uint64_t tick_all(uint64_t t)
{
	uint64_t due = t + SECOND;
	for (int i = 0; i < active; i++) {
		tick(&streams[i], t);
		if (streams[i].due < due)
			due = streams[i].due;
	}
	return due;
}

static int listener(int port)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20, on = 1;
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(port) };
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&any, sizeof any)) {
		perror("bind");
		exit(1);
	}
	return fd;
}
