"""The two shapes of FEATURES: a dict up to Teak, from Ulmo on a view of a settings module's own names."""

from collections.abc import MutableMapping


class FeaturesProxy(MutableMapping):
    def __init__(self, names):
        self.names = names

    def __getitem__(self, name):
        return self.names[name]

    def __setitem__(self, name, value):
        self.names[name] = value

    def __delitem__(self, name):
        del self.names[name]

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)


def features_of(names):
    """FEATURES of the settings module with these names, the flags at the platform's defaults."""
    if names["RELEASE"] == "teak":
        return dict(names["CSMH_FLAGS"])
    names.update(names["CSMH_FLAGS"])
    return FeaturesProxy(names)


def read_tokens(path, names):
    """ENV_TOKENS: a site's YAML file. It becomes settings, its FEATURES become features."""
    import yaml

    with open(path, encoding="utf-8") as file:
        tokens = yaml.safe_load(file)
    names.update({name: value for name, value in tokens.items() if name != "FEATURES"})
    for name, value in tokens["FEATURES"].items():
        names["FEATURES"][name] = value
    return tokens
