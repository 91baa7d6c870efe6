#include "restore/rows/touched.h"

#include "restore/rows/cell_width.h"
#include "restore/rows/cells.h"

int
touched_find(struct addrmap *map, const struct cell_rules *rules,
    const struct db_value *captured, unsigned char *touched)
{
	const struct cell_rule *rule = rules->rule;
	struct db_value v;
	int any = 0;
	size_t i;

	for (i = 0; i < rules->n; i++) {
		touched[i] = 0;
		if (!rule[i].text || captured[i].len == 0)
			continue;
		v = cell_width_cut(rule[i].column, &captured[i]);
		if (v.len == 0)
			continue;
		if (rewrite_may(map, rule[i].format, v.data, v.len))
			touched[i] = TOUCHED_MAP;
		else if (rewrite_may_tell(rule[i].format, v.data, v.len))
			touched[i] = TOUCHED_INNER;
		any |= touched[i];
	}
	return any;
}

int
touched_same(const struct cell_rules *rules, const struct db_value *captured,
    const struct db_value *current)
{
	size_t i;

	for (i = 0; i < rules->n; i++)
		if (rules->rule[i].text &&
		    !cells_same(&captured[i], &current[i]))
			return 0;
	return 1;
}
