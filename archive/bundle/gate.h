#ifndef ARCHIVE_GATE_H
#define ARCHIVE_GATE_H

/**
 * gate: the steps by which a bundle earns trust, each by name.  A step that
 * does not hold refuses the bundle; nothing waives one.
 *
 * GATE(STEP, holds) is ${holds}.  Only the build of a test may define GATE_OFF
 * to one step, which then passes whatever comes, so that it is seen that some
 * test notices: a step that no test misses is not guarded.
 */
enum gate {
	GATE_NONE,
	GATE_HEADER,    /* an outer header is byte for byte the expected one */
	GATE_PADDING,   /* zero bytes behind a member, and at the end */
	GATE_LENGTH,    /* the file ends where the last member does */
	GATE_SIGNED,    /* the signature has its 64 bytes */
	GATE_SIGNATURE, /* and holds over SHA256SUMS, under a trusted key */
	GATE_REVOKED,   /* which is not revoked */
	GATE_SUMS,      /* SHA256SUMS has its one form */
	GATE_FORM,      /* plain or encrypted, as the members are */
	GATE_KEY,       /* the digest of KEY.cms */
	GATE_VOUCHED,   /* nothing is decrypted that nobody vouches for */
	GATE_MANIFEST,  /* the digest of the manifest */
	GATE_IDENTITY,  /* its id, time and host are those of SHA256SUMS */
	GATE_ITEM,      /* an item of the manifest keeps every rule */
	GATE_KEYS,      /* no key in it that is not known */
	GATE_TWIN,      /* no two items share a name, whatever its spelling */
	GATE_WAY,       /* no file stands below what is no folder */
	GATE_ORDER,     /* items stand in the order of the parts */
	GATE_SIZES,     /* sizes add up to what a part can unpack to */
	GATE_PART,      /* the digest of a stored part */
	GATE_BUDGET,    /* it unpacks to no more than the manifest says */
	GATE_SUM,       /* a header of its tar has the right sum */
	GATE_REST,      /* nothing stands in it that nobody reads */
	GATE_FILL,      /* zero bytes behind an entry */
	GATE_END,       /* two zero blocks at the end of the tar */
	GATE_ABSENT,    /* an item has its entry in the tar */
	GATE_MORE,      /* no entry that the manifest does not list */
	GATE_NAME,      /* an entry is what its item makes of it: the name */
	GATE_TYPE,      /* its type: no hard link, no device, not sparse */
	GATE_TARGET,    /* where a symlink leads */
	GATE_MODE,      /* mode */
	GATE_OWNER,     /* owner and group, by number and name */
	GATE_TIME,      /* time */
	GATE_XATTRS,    /* extended attributes: all of them, no other */
	GATE_TAIL,      /* no byte behind tar and frame */
	GATE_SIZE,      /* an entry has as many bytes as its item says */
	GATE_DIGEST     /* and their digest */
};

#ifdef GATE_OFF
static inline int
gate_off(enum gate step, int holds)
{

	return holds || step == GATE_OFF;
}
#define GATE(step, holds) gate_off((step), (holds))
#else
#define GATE(step, holds) ((void)(step), (holds))
#endif

#endif
