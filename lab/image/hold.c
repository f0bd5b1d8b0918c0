// Keeps packets back that a rule of the wire hands over, and sends them on when their time has come: delay, delay
// variation, rate, and a share that overtakes. The kernel's own means for that (netem) are missing from many
// kernels, and the wire's rules would not go on after them.
//
//   hold DEVICE     sends on by DEVICE, whose way out is the program wire_back
//
// Parcels come by a ring that the kernel writes and we map (bpf(2), BPF_MAP_TYPE_RINGBUF), each with the kernel's
// stamp and with all that it waits for: there is nothing to be told here, and what is changed is changed from one
// packet to the next. A parcel's time counts from its stamp, so that reading it late costs nothing.
//
// What is held when its rule is lifted goes on at once, in the order it came.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include "hold-line.h"

/* Rules are looked at so often while anything waits; the ring so often while much comes: a wake for each packet costs more than it. */
enum { MOST_HELD = 1 << 18, BATCH = 64, LOOK = SECOND / 500, SOON = SECOND / 5000 };

struct packet {
	uint64_t due, number; /* due 0: at once */
	struct line *line;
	uint32_t size;
	uint8_t frame[];
};

static struct packet *heap[MOST_HELD]; /* by time, then by number */
static int held_now, orders, stats, out;
static uint64_t numbers;

static bool before(const struct packet *a, const struct packet *b)
{
	return a->due != b->due ? a->due < b->due : a->number < b->number;
}

static void sink(int i)
{
	struct packet *p = heap[i];
	for (int child; (child = 2 * i + 1) < held_now; heap[i] = heap[child], i = child) {
		if (child + 1 < held_now && before(heap[child + 1], heap[child]))
			child++;
		if (!before(heap[child], p))
			break;
	}
	heap[i] = p;
}

static void push(struct packet *p)
{
	int i = held_now++;
	for (; i > 0 && before(p, heap[(i - 1) / 2]); i = (i - 1) / 2)
		heap[i] = heap[(i - 1) / 2];
	heap[i] = p;
}

static struct packet *pop(void)
{
	struct packet *p = heap[0];
	heap[0] = heap[--held_now];
	sink(0);
	return p;
}

static void take(const struct parcel *parcel)
{
	struct line *l = line_of(parcel);
	if (!l)
		return;
	l->told = false;
	l->held.taken++;
	l->held.last = parcel->stamp;
	if (!l->held.first)
		l->held.first = parcel->stamp;
	uint64_t due = due_of(l, parcel);
	struct packet *p = due && held_now < MOST_HELD ? malloc(sizeof *p + parcel->size) : NULL;
	if (!p) {
		l->held.dropped++;
		return;
	}
	*p = (struct packet){ due, numbers++, l, parcel->size };
	memcpy(p->frame, parcel->frame, parcel->size);
	push(p);
	if (++l->holding > l->held.most)
		l->held.most = l->holding;
}

static void send_all(struct packet **batch, int n)
{
	static struct mmsghdr messages[BATCH];
	static struct iovec parts[BATCH];
	static union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(uint32_t))]; } marks[BATCH];
	for (int i = 0; i < n; i++) {
		uint32_t mark = HELD_MARK(batch[i]->line->place.key, batch[i]->line->place.slot);
		marks[i].header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof mark), .cmsg_level = SOL_SOCKET, .cmsg_type = SO_MARK };
		memcpy(CMSG_DATA(&marks[i].header), &mark, sizeof mark);
		parts[i] = (struct iovec){ batch[i]->frame, batch[i]->size };
		messages[i].msg_hdr = (struct msghdr){ .msg_iov = &parts[i], .msg_iovlen = 1, .msg_control = &marks[i], .msg_controllen = sizeof marks[i].room };
	}
	/* One that is refused was dropped by the wire, which counted it. */
	for (int at = 0, sent; at < n; at += sent > 0 ? sent : 1)
		sent = sendmmsg(out, messages + at, n - at, 0);
	uint64_t t = now(CLOCK_MONOTONIC);
	for (int i = 0; i < n; i++) {
		struct line *l = batch[i]->line;
		l->held.released++;
		l->holding--;
		l->told = false;
		if (batch[i]->due)
			note_lateness(l, t > batch[i]->due ? t - batch[i]->due : 0);
		free(batch[i]);
	}
}

static void release(void)
{
	struct packet *batch[BATCH];
	for (int n = BATCH; n == BATCH;) {
		uint64_t t = now(CLOCK_MONOTONIC);
		for (n = 0; n < BATCH && held_now && heap[0]->due <= t; n++)
			batch[n] = pop();
		send_all(batch, n);
	}
}

/* What is held for a rule that is not in force any more is due at once. */
static void let_go(void)
{
	for (struct line *l = lines; l < lines + PLACES; l++) {
		struct order order;
		if (!l->holding || (!look(orders, &l->place.key, &order) && order.rules & 1u << l->place.slot))
			continue;
		for (int i = 0; i < held_now; i++)
			if (heap[i]->line == l)
				heap[i]->due = 0;
		for (int i = held_now / 2 - 1; i >= 0; i--)
			sink(i);
	}
}

static void tell(void)
{
	for (struct line *l = lines; l < lines + PLACES; l++)
		if (l->id && !l->told) {
			l->held.late_p99 = late_p99(l);
			write_to(stats, &l->place, &l->held, BPF_EXIST); /* it may have been freed */
			l->told = true;
		}
}

/* Takes what has come; says whether anything had. */
static bool drain(volatile uint64_t *consumed, const volatile uint64_t *produced, const uint8_t *ring)
{
	uint64_t first = *consumed, at = first;
	while (at < __atomic_load_n(produced, __ATOMIC_ACQUIRE)) {
		const uint8_t *record = ring + (at & (HOLD_RING - 1));
		uint32_t length = __atomic_load_n((uint32_t *)record, __ATOMIC_ACQUIRE);
		if (length & BPF_RINGBUF_BUSY_BIT)
			break;
		if (!(length & BPF_RINGBUF_DISCARD_BIT))
			take((const struct parcel *)(record + BPF_RINGBUF_HDR_SZ));
		at += ((length & ~BPF_RINGBUF_DISCARD_BIT) + BPF_RINGBUF_HDR_SZ + 7) & ~7ull;
		__atomic_store_n(consumed, at, __ATOMIC_RELEASE);
	}
	return at != first;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

int main(int argc, char **argv)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = argc == 2 ? if_nametoindex(argv[1]) : 0 };
	if (!to.sll_ifindex) {
		fprintf(stderr, "usage: hold DEVICE\n");
		return 2;
	}
	int ring = pinned("/run/bpf/maps/parcels"), room = 8 << 20, page = getpagesize();
	orders = pinned("/run/bpf/maps/orders");
	stats = pinned("/run/bpf/maps/held");
	uint64_t *consumed = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0);
	const uint8_t *produced = mmap(NULL, page + 2ul * HOLD_RING, PROT_READ, MAP_SHARED, ring, page);
	if (consumed == MAP_FAILED || produced == MAP_FAILED)
		fail("mmap");
	out = socket(AF_PACKET, SOCK_RAW, 0);
	if (out < 0 || bind(out, (struct sockaddr *)&to, sizeof to) || setsockopt(out, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room))
		fail("socket");
	prctl(PR_SET_TIMERSLACK, 1);
	struct pollfd come = { ring, POLLIN, 0 };
	for (uint64_t looked = 0;;) {
		bool more = drain(consumed, (const volatile uint64_t *)produced, produced + page);
		uint64_t t = now(CLOCK_MONOTONIC);
		if (held_now && t - looked > LOOK) {
			let_go();
			looked = t;
		}
		release();
		tell();
		t = now(CLOCK_MONOTONIC);
		uint64_t next = t + (more ? SOON : LOOK);
		if (held_now && heap[0]->due < next)
			next = heap[0]->due > t ? heap[0]->due : t;
		struct timespec rest = { .tv_nsec = next - t };
		ppoll(&come, !more, more || held_now ? &rest : NULL, NULL);
	}
}
