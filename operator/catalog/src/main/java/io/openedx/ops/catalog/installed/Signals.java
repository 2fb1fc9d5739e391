package io.openedx.ops.catalog.installed;

import io.openedx.ops.catalog.Form;
import io.openedx.ops.catalog.Relation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read off a site. Whatever could not be read is empty, and then says nothing.
 *
 * @param images of the workloads superset, superset-worker and aspects-job, as the manifests have
 *     them
 * @param dbtBranches the values of DBT_BRANCH in pods of the image aspects
 * @param objects workloads and ConfigMaps of the site
 * @param manifestModels names of the models in the manifest that dbt stored in ClickHouse; null
 *     where there is none
 * @param relations of the site's databases, by the role of each
 * @param alembicRevisions of every alembic_version found
 */
public record Signals(
    List<String> images,
    List<String> dbtBranches,
    SiteObjects objects,
    @Nullable Set<String> manifestModels,
    Map<Relation, Form> relations,
    List<String> alembicRevisions) {
  public Signals {
    images = List.copyOf(images);
    dbtBranches = List.copyOf(dbtBranches);
    manifestModels = manifestModels == null ? null : Set.copyOf(manifestModels);
    relations = Map.copyOf(relations);
    alembicRevisions = List.copyOf(alembicRevisions);
  }
}
