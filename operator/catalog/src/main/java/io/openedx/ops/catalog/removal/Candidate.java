package io.openedx.ops.catalog.removal;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import java.util.Set;

/**
 * A relation that may be dropped if it is there and nothing needs it.
 *
 * @param forms what Aspects has ever made under this name
 * @param listed on upstream's list; else a model that was given up and that no list names
 */
record Candidate(TableName name, Relation relation, Set<Form> forms, boolean listed) {}
