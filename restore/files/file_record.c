#include "restore/files/file_record.h"

#include <stdlib.h>
#include <string.h>

#define FORMATS ((uint32_t)PLACE_VALUE)
#define TYPES   ((uint32_t)FILE_SYMLINK)

int
file_record_put(struct buf *out, const struct item_file *f)
{
	size_t i;

	if (plan_put_u64(out, f != NULL))
		return -1;
	if (f == NULL)
		return 0;
	if (plan_put_u64(out, f->type) || plan_put_u64(out, f->mode) ||
	    plan_put_u64(out, f->uid) || plan_put_u64(out, f->gid) ||
	    plan_put_u64(out, (uint64_t)f->mtime) ||
	    plan_put_u64(out, f->mtime_nsec) || plan_put_u64(out, f->format) ||
	    plan_put_text(out, f->user) || plan_put_text(out, f->group) ||
	    plan_put_text(out, f->target) || plan_put_text(out, f->set) ||
	    plan_put_u64(out, f->nxattrs))
		return -1;
	for (i = 0; i < f->nxattrs; i++)
		if (plan_put_text(out, f->xattrs[i].name) ||
		    plan_put_bytes(out,
			f->xattrs[i].len > 0 ? f->xattrs[i].value : "",
			f->xattrs[i].len))
			return -1;
	return 0;
}

static int
get_xattrs(struct plan_input *in, struct file_record *f)
{
	struct file_xattr *more, *x;
	size_t i, n;

	if (plan_get_count(in, &n))
		return -1;
	if (n > f->cap) {
		if ((more = reallocarray(f->xattrs, n, sizeof(*more))) == NULL)
			return -1;
		f->xattrs = more;
		f->cap = n;
	}
	for (i = 0; i < n; i++) {
		x = &f->xattrs[i];
		if (plan_get_text(in, &x->name) || x->name == NULL ||
		    plan_get_bytes(in, &x->value, &x->len) || x->value == NULL)
			return -1;
	}
	f->file.xattrs = f->xattrs;
	f->file.nxattrs = n;
	return 0;
}

static int
get_numbers(struct plan_input *in, struct item_file *f)
{
	uint32_t type, format;
	uint64_t mtime;

	if (plan_get_u32(in, TYPES, &type) ||
	    plan_get_u32(in, 07777, &f->mode) ||
	    plan_get_u32(in, UINT32_MAX, &f->uid) ||
	    plan_get_u32(in, UINT32_MAX, &f->gid) || plan_get_u64(in, &mtime) ||
	    plan_get_u32(in, 999999999, &f->mtime_nsec) ||
	    plan_get_u32(in, FORMATS, &format))
		return -1;
	f->type = (enum file_type)type;
	f->mtime = (int64_t)mtime;
	f->format = (enum place_format)format;
	return 0;
}

int
file_record_get(struct plan_input *in, struct file_record *f)
{
	struct item_file *file = &f->file;
	uint32_t there;

	memset(file, 0, sizeof(*file));
	f->is_there = 0;
	if (plan_get_u32(in, 1, &there))
		return -1;
	if (!there)
		return 0;
	if (get_numbers(in, file) || plan_get_text(in, &file->user) ||
	    plan_get_text(in, &file->group) ||
	    plan_get_text(in, &file->target) || plan_get_text(in, &file->set) ||
	    get_xattrs(in, f))
		return -1;
	/* A link that leads nowhere at all is none. */
	if ((file->type == FILE_SYMLINK) != (file->target != NULL))
		return -1;
	f->is_there = 1;
	return 0;
}

void
file_record_free(struct file_record *f)
{

	free(f->xattrs);
}
