"""Writes FHIR as XML with fhir.resources, for tests.

Takes lines `{"release": "dstu2" | "stu3" | "r4", "resource": {…}}` and answers each with a line: `{"xml": …, "json": …}`, the same
resource as that package says it in both, or `{"refused": why}` where it is not valid by its rules or not well written. It has R4B in
the place of R4, which is the same for what patients are sent, but for a few types.
"""

import importlib
import json
import re
import sys
import warnings
from decimal import Decimal

from fhir.resources.core.utils import xml

FOLDERS = {"dstu2": "fhir.resources.DSTU2", "stu3": "fhir.resources.STU3", "r4": "fhir.resources.R4B"}


# It would write every figure anew ("500.0" for 500): here they keep their digits, as FHIR asks (R4 2.24.0.1).
anew = xml.xml_represent
xml.xml_represent = lambda kind, value: str(value) if isinstance(value, Decimal) else anew(kind, value)
FIGURE = "a-figure:"

# Of STU3 it writes some references that may be of several types once for each.
AGAIN = re.compile(r"<(\w+Reference)>(.*?)</\1><\1>\2</\1>", re.S)


def in_json(resource):
    def encoded(value):
        return FIGURE + str(value) if isinstance(value, Decimal) else resource.__json_encoder__(value)

    return re.sub(f'"{FIGURE}([^"]*)"', r"\1", resource.json(encoder=encoded))


def said(release, resource):
    name = resource["resourceType"]
    module = importlib.import_module(f"{FOLDERS[release]}.{name.lower()}")
    read = getattr(module, name).parse_obj(resource)
    return {"xml": read.xml(), "json": in_json(read)}


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        asked = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        try:
            answer = said(asked["release"], asked["resource"])
        except Exception as refused:  # Whatever it objects to is its own matter.
            answer = {"refused": type(refused).__name__}
        if AGAIN.search(answer.get("xml", "")):
            answer = {"refused": "said again"}
        print(json.dumps(answer), flush=True)


main()
