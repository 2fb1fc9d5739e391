"""Writes the small dbt project that stands for one release of aspects-dbt.

usage: project.py BRANCH FOLDER

Its models are that release's by name, kind, database and lineage (relations.tsv), and its macro remove_deprecated_models drops what
that release's does, alive or not (deprecated.tsv). All models have the same columns; `shape` is the release in which a model took its
present form, so that rows tell which form they were made by.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["event_id", "emission_time", "org", "course_key", "actor_id"]
DATABASES = {
    "xapi": "env_var('ASPECTS_XAPI_DATABASE', 'xapi')",
    "event_sink": "env_var('ASPECTS_EVENT_SINK_DATABASE', 'event_sink')",
    "reporting": "env_var('DBT_PROFILE_TARGET_DATABASE', 'reporting')",
}
TABLE = "engine='ReplacingMergeTree()', order_by='(event_id)'"
CONFIG = {
    "materialized_view": f"materialized='materialized_view', {TABLE}",
    "refreshable": f"materialized='materialized_view', {TABLE}, refreshable={{'interval': 'EVERY 5 MINUTE'}}",
    "view": "materialized='view'",
    "dictionary": "materialized='dictionary', primary_key='event_id', layout='COMPLEX_KEY_SPARSE_HASHED()', lifetime='120', "
    "source_type='clickhouse', connection_overrides={'host': 'localhost'}, "
    "fields=[('event_id', 'UUID'), ('emission_time', 'DateTime64(6)'), ('org', 'String'), ('course_key', 'String'), "
    "('actor_id', 'String'), ('shape', 'String')]",
}
PROJECT = """\
name: aspects
version: "1.0.0"
config-version: 2
profile: aspects
"""
SOURCES = """\
sources:
- name: xapi
  schema: "{{ env_var('ASPECTS_XAPI_DATABASE', 'xapi') }}"
  tables: [{name: xapi_events_all}]
- name: event_sink
  schema: "{{ env_var('ASPECTS_EVENT_SINK_DATABASE', 'event_sink') }}"
  tables:
"""
TESTS = """\
models:
- name: xapi_events_all_parsed
  columns:
  - {name: event_id, data_tests: [not_null]}
- name: enrollment_events
  columns:
  - {name: event_id, data_tests: [not_null]}
"""
MACROS = """\
{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}

{% macro remove_deprecated_models() %}
  {% for kind, relation in [@DEPRECATED@] %}
    {% do print("drop " ~ kind ~ " if exists " ~ relation) %}
    {% do run_query("drop " ~ kind ~ " if exists " ~ relation) %}
  {% endfor %}
{% endmacro %}
"""


def main(branch, folder):
    forms = read_forms()
    releases = sorted({release for form in forms for release in (form["first"], form["last"])}, key=number)
    known = [release for release in releases if number(release) <= number(branch)]
    if not known:
        sys.exit(f"fatal: Remote branch {branch} not found in upstream origin")
    release = known[-1]
    models = {form["model"]: form for form in forms if number(form["first"]) <= number(release) <= number(form["last"])}
    os.makedirs(os.path.join(folder, "state"))
    write(folder, "dbt_project.yml", PROJECT)
    write(folder, "requirements.txt", "")
    write(folder, "models/tests.yml", TESTS)
    write(folder, "models/sources.yml", SOURCES + "".join(f"  - {{name: {name}}}\n" for name in raw_tables(models)))
    write(folder, "macros/macros.sql", MACROS.replace("@DEPRECATED@", ", ".join(deprecated(release))))
    for place, form in enumerate(sorted(models.values(), key=lambda form: depth(models, form))):
        write(folder, f"models/{form['model']}.sql", model_sql(models, form, place * 2 >= len(models)))
    print(f"stand-in: a dbt project with the {len(models)} relations of aspects-dbt {release}")


def read_forms():
    forms = read("relations.tsv", ["model", "kind", "database", "first", "last", "inputs"])
    for form in forms:
        form["inputs"] = form["inputs"].split(",")
    return forms


def read(file, names):
    with open(os.path.join(HERE, file)) as lines:
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in lines if not line.startswith("#")]


def number(release):
    digits = release.lstrip("v").split(".")
    return tuple(int(part) for part in digits) if all(part.isdigit() for part in digits) else (0,)


def raw_tables(models):
    tables = {each.removeprefix("raw.") for form in models.values() for each in form["inputs"] if each.startswith("raw.")}
    return sorted(tables - {"xapi_events_all"})


def deprecated(release):
    """Pairs of a kind and a relation, in the order in which the macro drops them."""
    pairs = []
    for entry in read("deprecated.tsv", ["kind", "database", "name", "first", "last"]):
        if number(entry["first"]) <= number(release) <= (number(entry["last"]) if entry["last"] else number(release)):
            relation = f"{DATABASES[entry['database']]} ~ '.{entry['name']}"
            if entry["kind"] == "mv":
                pairs += [f"('view', {relation}_mv')", f"('table', {relation}')"]
            else:
                pairs.append(f"('{entry['kind']}', {relation}')")
    return pairs


def model_sql(models, form, second_half):
    config = f"{CONFIG[form['kind']]}, schema={DATABASES[form['database']]}"
    if second_half:
        config += ", tags=['second_half']"
    source = form["inputs"][0] if form["kind"] in ("view", "dictionary") else table_behind(models, form)
    depends = "".join(f"-- depends_on: {{{{ ref('{each}') }}}}\n" for each in form["inputs"] if each in models and each != source)
    return f"{{{{ config({config}) }}}}\n{depends}select {columns(source)},\n  '{form['first']}' as shape\nfrom {reference(source)}\n"


def table_behind(models, form):
    """What an insert must reach for a materialized view to see it: the first input that is a table, however far away."""
    for each in form["inputs"]:
        if each.startswith("raw.") or models.get(each, {}).get("kind") in ("materialized_view", "refreshable"):
            return each
    return table_behind(models, models[form["inputs"][0]])


def depth(models, form):
    """How far from the raw tables: the first half must not read the second."""
    return max((1 + depth(models, models[each]) for each in form["inputs"] if each in models), default=0)


def columns(source):
    if source == "raw.xapi_events_all":
        return (
            "event_id, emission_time, 'demo' as org, JSON_VALUE(event, '$.object.id') as course_key, "
            "JSON_VALUE(event, '$.actor.account.name') as actor_id"
        )
    if source.startswith("raw."):
        return "dump_id as event_id, toDateTime64(time_last_dumped, 6) as emission_time, 'demo' as org, '' as course_key, '' as actor_id"
    return ", ".join(COLUMNS)


def reference(source):
    if source.startswith("raw."):
        table = source.removeprefix("raw.")
        return f"{{{{ source('{'xapi' if table == 'xapi_events_all' else 'event_sink'}', '{table}') }}}}"
    return f"{{{{ ref('{source}') }}}}"


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)


main(*sys.argv[1:3])
