"""Checks calls of AWS's API against botocore's service models, and against limits that the models lack.

Reads {"calls": [...], "limits": [...]} and writes the faults that it finds. botocore's own validation looks at names and
types only: it lets unknown members of an enumeration, patterns, lengths and ranges pass.
"""

import base64
import binascii
import functools
import json
import sys

import botocore.loaders
import botocore.model
import regex

loader = botocore.loaders.Loader()


@functools.cache
def service(name):
    return botocore.model.ServiceModel(loader.load_service_model(name, "service-2"), name)


def faults_of(call, limits):
    model = service(call["service"])
    if call["operation"] not in model.operation_names:
        yield "", "is no operation of " + call["service"]
        return
    shape = model.operation_model(call["operation"]).input_shape
    yield from walk(shape, call["parameters"], "")
    name = f"{call['service']}.{call['operation']}"
    for limit in limits:
        if limit["operation"] == name and applies(limit, call["parameters"]):
            for path, value in values_at(call["parameters"], limit["path"].split("."), ""):
                yield from beyond(limit, path, value)


def walk(shape, value, path):
    """The faults of a value that a shape of the model describes."""
    kind = shape.type_name
    expected = kinds.get(kind)
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and kind != "boolean")):
        yield path, f"is {type(value).__name__}, and has to be {kind}"
        return
    if kind == "structure":
        for missing in sorted(set(shape.required_members) - set(value)):
            yield join(path, missing), "is missing"
        for name, part in value.items():
            if name in shape.members:
                yield from walk(shape.members[name], part, join(path, name))
            else:
                yield join(path, name), "is not known"
    elif kind == "list":
        yield from sized(shape, len(value), path, "items")
        for index, item in enumerate(value):
            yield from walk(shape.member, item, f"{path}[{index}]")
    elif kind == "map":
        for name, part in value.items():
            yield from walk(shape.key, name, join(path, name))
            yield from walk(shape.value, part, join(path, name))
    elif kind == "string":
        yield from text(shape, value, path)
    elif kind in ("integer", "long", "float", "double"):
        yield from sized(shape, value, path, "")


kinds = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "blob": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}


def text(shape, value, path):
    metadata = shape.metadata
    if "enum" in metadata and value not in metadata["enum"]:
        yield path, f"is {shown(shape, value)}, which is none of {len(metadata['enum'])} that the model knows"
    if "pattern" in metadata and not regex.fullmatch(as_regex(metadata["pattern"]), value):
        yield path, f"is {shown(shape, value)}, and has to match {metadata['pattern']}"
    yield from sized(shape, len(value), path, "characters")


def as_regex(pattern):
    """Some of AWS's patterns are Java's: letters beyond the first 65,536 are pairs of surrogates there. `\\p{all}` is any."""
    return pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF").replace(r"\p{all}", r"\s\S")


def sized(shape, size, path, unit):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield path, f"is {size} {unit}".rstrip() + f", and has to be at least {least}"
    if most is not None and size > most:
        yield path, f"is {size} {unit}".rstrip() + f", and has to be at most {most}"


def shown(shape, value):
    return "a secret" if shape.metadata.get("sensitive") else json.dumps(value[:60])


def applies(limit, parameters):
    condition = limit.get("when")
    return condition is None or parameters.get(condition["parameter"]) in condition["values"]


def values_at(value, steps, path):
    """The values at a path such as Tags[].Key, each with its own place."""
    if not steps:
        yield path, value
        return
    step, *rest = steps
    name = step.removesuffix("[]")
    if not isinstance(value, dict) or value.get(name) is None:
        return
    place = join(path, name)
    if step.endswith("[]"):
        for index, item in enumerate(value[name]):
            yield from values_at(item, rest, f"{place}[{index}]")
    else:
        yield from values_at(value[name], rest, place)


def beyond(limit, path, value):
    """The faults of a value that a limit is about. The value is not shown: it may be a secret."""
    source = f" ({limit['source']})"
    if "maxLength" in limit and len(value) > limit["maxLength"]:
        yield path, f"is {len(value)} characters, and has to be at most {limit['maxLength']}{source}"
    if "maxBytes" in limit:
        most, encoding = limit["maxBytes"]["bytes"], limit["maxBytes"]["of"]
        try:
            size = len(base64.b64decode(value, validate=True) if encoding == "base64" else value.encode())
        except binascii.Error:
            yield path, f"is not base64{source}"
            return
        if size > most:
            yield path, f"is {size} bytes, and has to be at most {most}{source}"
    if "pattern" in limit and not regex.fullmatch(limit["pattern"], value):
        yield path, f"has to match {limit['pattern']}{source}"
    if "not" in limit and regex.fullmatch(limit["not"], value):
        yield path, f"must not match {limit['not']}{source}"
    if "range" in limit and not limit["range"][0] <= value <= limit["range"][1]:
        yield path, f"is {value}, and has to be from {limit['range'][0]} to {limit['range'][1]}{source}"


def join(path, name):
    return f"{path}.{name}" if path else name


def main():
    given = json.load(sys.stdin)
    found = [
        {"urn": call["urn"], "call": f"{call['service']}.{call['operation']}", "path": path, "reason": reason}
        for call in given["calls"]
        for path, reason in faults_of(call, given["limits"])
    ]
    json.dump(found, sys.stdout)


main()
