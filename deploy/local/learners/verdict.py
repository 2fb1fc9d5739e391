"""Compares the rows of both tables with what must be there. A row and its copy, which has its id, count as one."""

from collections import defaultdict
from hashlib import sha256
from typing import NamedTuple

KINDS = ("lost", "doubled", "altered", "resurrected", "unknown")


class Row(NamedTuple):
    id: int
    module: int
    created: str
    grade: str
    max_grade: str
    version: str
    state: str
    token: str

    @property
    def content(self):
        return self[1:]


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            id, module, *rest = line.rstrip("\n").split("\t")
            yield Row(int(id), int(module), *rest)


class Verdict:
    def __init__(self):
        self.found = {kind: [] for kind in KINDS}
        self.in_both_tables = 0

    def say(self, kind, text):
        self.found[kind].append(text)

    def judge(self, expectation, seeds, old, new):
        """seeds: id -> row from before; old and new: lists of rows."""
        merged = self.merged(old, new)
        by_token = defaultdict(list)
        by_seed = defaultdict(list)
        contents = {row.content: row.id for row in seeds.values()}
        for row in merged:
            if row.token != "-":
                by_token[row.token].append(row)
            elif row.id in seeds:
                by_seed[row.id].append(row)
            elif row.content in contents:
                by_seed[contents[row.content]].append(row)
            else:
                self.say("unknown", f"row {row.id} of module {row.module} of {row.created}")
        self.judge_tokens(expectation, by_token)
        self.judge_seeds(expectation, seeds, by_seed)

    def merged(self, old, new):
        olds = {row.id: row for row in old}
        for row in new:
            if olds.get(row.id) == row:
                self.in_both_tables += 1
                del olds[row.id]
        return [*olds.values(), *new]

    def judge_tokens(self, expectation, by_token):
        for token, answer in expectation.must.items():
            if token not in by_token:
                self.say("lost", f"submission {token} of module {answer['module']}")
        for token, rows in by_token.items():
            named = f"submission {token}, rows {[row.id for row in rows]}"
            if token in expectation.gone:
                self.say("resurrected", named)
            elif token not in expectation.must and token not in expectation.may:
                self.say("unknown", named)
            elif len(rows) > 1:
                self.say("doubled", named)
            elif token in expectation.must and not is_answer(rows[0], expectation.must[token]):
                self.say("altered", f"{named}: {rows[0]}")

    def judge_seeds(self, expectation, seeds, by_seed):
        for seed in seeds.values():
            rows = by_seed.get(seed.id, [])
            named = f"row {seed.id} from before, of module {seed.module}"
            if seed.module in expectation.modules_gone:
                if rows:
                    self.say("resurrected", named)
            elif not rows:
                if seed.module not in expectation.modules_unsure:
                    self.say("lost", named)
            elif len(rows) > 1:
                self.say("doubled", f"{named}: {[row.id for row in rows]}")
            elif rows[0] != seed:
                self.say("altered", f"{named}: {rows[0]}")


def is_answer(row, answer):
    """The row that the site said it would write."""
    return (row.module, row.created, row.version, row.state) == (
        answer["module"],
        answer["created"],
        "-",
        sha256(answer["state"].encode()).hexdigest(),
    ) and (float(row.grade), float(row.max_grade)) == (answer["grade"], answer["max_grade"])
