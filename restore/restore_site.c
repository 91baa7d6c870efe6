#include "restore/restore_site.h"

#include "restore/files/site_files.h"
#include "restore/plan/described.h"

enum outcome
restore_site(struct restore *r)
{
	struct oslo_source source;
	struct site_files *files;
	enum outcome rc;

	if ((rc = site_files_load(r, &files)) != OUTCOME_DONE)
		return rc;
	source = site_files_source(files);
	if (site_load(&source, &r->site) == -1)
		rc = OUTCOME_FAILED;
	site_files_free(files);
	if (rc != OUTCOME_DONE || r->site->has_nova)
		return rc;
	/* A bundle without nova.conf: this host's own is all there is. */
	site_free(r->site);
	r->site = NULL;
	if (r->against != NULL)
		return described_site(r) == -1 ? OUTCOME_FAILED : OUTCOME_DONE;
	source = site_source(r->root);
	return site_load(&source, &r->site) == -1 ? OUTCOME_FAILED
						  : OUTCOME_DONE;
}
