"""What must be in the history, must not, and may be, after all that learners have done and seen."""

from collections import defaultdict

WRITES = ("submit", "rescore")
OF_ALL_PROBLEMS = ("reset-course", "delete-student")


class Expectation:
    """Rows of learners go by the token in their state, rows from before by the module they belong to."""

    def __init__(self, modules):
        """modules: (learner, problem) -> the module that was there before."""
        self.must = {}  # token -> what the site has answered
        self.gone = set()  # tokens that were deleted
        self.may = set()  # tokens of which nothing is known
        self.modules_gone = set()
        self.modules_unsure = set()
        self.modules = modules
        self.tokens = defaultdict(set)  # (learner, problem) -> those that must be there

    def follow(self, operation):
        place = (operation["learner"], operation["problem"])
        if operation["what"] in WRITES:
            self.written(place, operation)
        elif operation["what"] == "delete-state":
            self.deleted(place, operation)
        elif operation["what"] in OF_ALL_PROBLEMS:
            for other in [other for other in {*self.tokens, *self.modules} if other[0] == place[0]]:
                self.deleted(other, operation)

    def written(self, place, operation):
        token = operation["token"]
        if operation["outcome"] != "done":
            self.may.add(token)
        elif operation["answer"]:
            self.must[token] = operation["answer"]
            self.tokens[place].add(token)

    def deleted(self, place, operation):
        done = operation["outcome"] == "done"
        (self.gone if done else self.may).update(self.tokens[place])
        for token in self.tokens.pop(place):
            del self.must[token]
        if place in self.modules:
            (self.modules_gone if done else self.modules_unsure).add(self.modules[place])

    def module_at(self, place):
        """Whose history is to be seen there; None where nothing certain is known."""
        for token in self.tokens.get(place, ()):
            return self.must[token]["module"]
        module = self.modules.get(place)
        return None if module in self.modules_gone | self.modules_unsure else module
