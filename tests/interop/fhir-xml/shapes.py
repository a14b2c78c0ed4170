"""Writes crates/fhir/src/xml/shapes.txt: how each element of FHIR stands in JSON, which XML does not say.

Reads the types that HL7's definitions of the three releases were made into (npm's @types/fhir, whose r2, r3 and r4 are
generated from hl7.fhir.r2.core, hl7.fhir.r3.core and hl7.fhir.r4.core):

    npm pack @types/fhir@0.0.41 && tar xzf types-fhir-0.0.41.tgz
    python3 tests/interop/fhir-xml/shapes.py fhir > crates/fhir/src/xml/shapes.txt
"""

import re
import sys
from pathlib import Path

# Lists in every type, which the reader knows; and the comments that only JSON of DSTU2 has.
EVERYWHERE = {"extension", "modifierExtension", "contained", "fhirComments"}


def interfaces(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    found = {}
    pattern = r"export interface (\w+)(?:<[^>]*>)?(?: extends ([\w, ]+?))?\s*\{(.*?)\n\}"
    for name, above, body in re.findall(pattern, text, flags=re.S):
        members = dict(re.findall(r"^\s+(?:readonly )?(\w+)\??: ([^;]+);", body, flags=re.M))
        found[name] = (above.split(",") if above else [], members)
    return found


def members(types, name):
    above, own = types[name]
    found = {}
    for one in above:
        found.update(members(types, one.strip()))
    return found | own


def shape(said):
    """(whether it is a list, what one of it is: '' text, '!' boolean, '#' number, else the name of a type)."""
    said = said.replace(" | undefined", "").strip()
    many = said.endswith("[]") or said.startswith("Array<")
    said = re.sub(r"^Array<(.*)>$", r"\1", said.removesuffix("[]"))
    said = re.sub(r"<.*>$", "", said)
    if said == "boolean":
        return many, "!"
    if said == "number":
        return many, "#"
    if said == "string" or "'" in said:
        return many, ""
    return many, said


def release(folder, file):
    types = interfaces(folder / file)
    kept = {}
    for name in types:
        if name in ("Resource", "DomainResource", "BackboneElement"):
            continue
        kept[name] = {
            element: shape(said)
            for element, said in members(types, name).items()
            if not element.startswith("_") and element not in EVERYWHERE and element != "resourceType"
        }
    return kept


def written(many, kind):
    return ("*" if many else "") + (kind if kind in ("", "!", "#") else "=" + kind)


def main():
    folder = Path(sys.argv[1])
    releases = [release(folder, file) for file in ("r2.d.ts", "r3.d.ts", "r4.d.ts")]
    print("# Made by tests/interop/fhir-xml/shapes.py; not to be edited.")
    print("# A type and its elements that are not one text: * a list, ! a boolean, # a number, =T of a type; behind @ the")
    print("# releases (2, 3, 4) it is so in, where they differ; a plain name there is one text.")
    for name in sorted(set().union(*releases)):
        parts = []
        for element in sorted(set().union(*(types.get(name, {}) for types in releases))):
            said = {}
            for number, types in zip("234", releases):
                one = types.get(name, {}).get(element)
                if one is not None:
                    said.setdefault(written(*one), []).append(number)
            if len(said) == 1:
                how = next(iter(said))
                if how:
                    parts.append(element + how)
            else:
                parts += [f"{element}@{''.join(numbers)}{how}" for how, numbers in said.items()]
        print(" ".join([name, *parts]))


main()
