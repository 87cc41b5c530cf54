"""Reads values in Avro's single-object encoding, which pidstream's topics have by default.

Plain Python 3.8 or later, nothing to install. One file: copy it.

    schemas = Schemas("avro-schemas")          # a directory with .avsc files
    record = schemas.decode(message.value())   # a dict by the names of the fields

Times are datetime in UTC, bytes are bytes, a symbol of an enum is a str. Records are read with the
schema that they were written with: add that of an older or newer pidstream with
schemas.add(pathlib.Path("other/Prediction.avsc"), ...).

As a program it prints records as JSON, one a line; values come as base64, one a line:

    python3 pidstream_avro.py avro-schemas < values.txt
"""

import base64
import collections
import datetime
import json
import pathlib
import struct
import sys

PRIMITIVES = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}
MARKER = b"\xc3\x01"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class UndecodableError(ValueError):
    """The value is not a record of a known schema; the message says why."""


class Schemas:
    """Schemas by their fingerprints."""

    def __init__(self, *directories):
        self._known = {}
        for directory in directories:
            self.add(*sorted(pathlib.Path(directory).glob("*.avsc")))

    def add(self, *files):
        """Adds schemas that may refer to each other by name, in any order."""
        named = {}
        added = []
        for file in files:
            own = {}
            name = _define(json.loads(pathlib.Path(file).read_text("utf-8")), "", own)
            added.append((name, collections.ChainMap(own, named)))
        for _, types in added:
            named.update(types.maps[0])
        for name, types in added:
            self._known[fingerprint(name, types)] = (name, types)

    def names(self):
        """Names of the schemas that are known."""
        return sorted({name for name, _ in self._known.values()})

    def decode(self, value):
        """The record in a value; raises UndecodableError."""
        value = bytes(value)
        if value[:1] == b"{":
            raise UndecodableError("the value is JSON; read it with json.loads")
        if value[:2] != MARKER or len(value) < 10:
            raise UndecodableError(
                "the value does not begin with C3 01 and a fingerprint; with"
                " kafka.framing: confluent it has the id of a schema registry instead"
            )
        (number,) = struct.unpack("<Q", value[2:10])
        if number not in self._known:
            raise UndecodableError(
                "the value was written with a schema of fingerprint %016x; known are those of %s:"
                " add the schemas of the pidstream that wrote it"
                % (number, ", ".join(self.names()))
            )
        name, types = self._known[number]
        reader = _Reader(value[10:], types)
        record = reader.read(name)
        if reader.position != len(reader.value):
            raise UndecodableError(
                "%d bytes are left behind the record" % (len(reader.value) - reader.position)
            )
        return record


class _Reader:
    """Avro's binary encoding."""

    def __init__(self, value, types):
        self.value = value
        self.types = types
        self.position = 0

    def take(self, count):
        if count < 0 or self.position + count > len(self.value):
            raise UndecodableError("the value ends within a record")
        self.position += count
        return self.value[self.position - count : self.position]

    def number(self):
        """A long: seven bits a byte, the lowest first, in zigzag."""
        bits, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            bits |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (bits >> 1) ^ -(bits & 1)
            shift += 7
            if shift > 63:
                raise UndecodableError("a number has more than ten bytes")

    def blocks(self):
        """The number of items of each block of an array or map."""
        while True:
            count = self.number()
            if count == 0:
                return
            if count < 0:
                count = -count
                self.number()  # the size in bytes, for those who skip the block
            yield count

    def read(self, schema):
        if isinstance(schema, list):
            branch = self.number()
            if not 0 <= branch < len(schema):
                raise UndecodableError("a union has no branch %d" % branch)
            return self.read(schema[branch])
        if isinstance(schema, str) and schema not in PRIMITIVES:
            return self.read(self.types[schema])
        kind = schema if isinstance(schema, str) else schema["type"]
        return getattr(self, "read_" + kind)(schema)

    def read_record(self, schema):
        return {field["name"]: self.read(field["type"]) for field in schema["fields"]}

    def read_array(self, schema):
        return [self.read(schema["items"]) for count in self.blocks() for _ in range(count)]

    def read_map(self, schema):
        entries = {}
        for count in self.blocks():
            for _ in range(count):
                name = self.read_string(schema)
                entries[name] = self.read(schema["values"])
        return entries

    def read_enum(self, schema):
        symbol = self.number()
        if not 0 <= symbol < len(schema["symbols"]):
            raise UndecodableError("%s has no symbol %d" % (schema["name"], symbol))
        return schema["symbols"][symbol]

    def read_fixed(self, schema):
        return self.take(schema["size"])

    def read_null(self, schema):
        return None

    def read_boolean(self, schema):
        return self.take(1) != b"\x00"

    def read_int(self, schema):
        return self.number()

    def read_long(self, schema):
        number = self.number()
        if isinstance(schema, dict) and schema.get("logicalType") == "timestamp-millis":
            return EPOCH + datetime.timedelta(milliseconds=number)
        return number

    def read_float(self, schema):
        return struct.unpack("<f", self.take(4))[0]

    def read_double(self, schema):
        return struct.unpack("<d", self.take(8))[0]

    def read_bytes(self, schema):
        return self.take(self.number())

    def read_string(self, schema):
        return str(self.read_bytes(schema), "utf-8")


def _define(schema, namespace, types):
    """A schema whose named types are in types, under their full names; in it are only the names."""
    if isinstance(schema, list):
        return [_define(branch, namespace, types) for branch in schema]
    if isinstance(schema, str):
        return schema if schema in PRIMITIVES or "." in schema else _full(schema, namespace)
    kind = schema["type"]
    if kind in ("record", "enum", "fixed"):
        name = _full(schema["name"], schema.get("namespace", namespace))
        types[name] = definition = {"name": name, "type": kind}
        if kind == "record":
            inner = name.rpartition(".")[0]
            definition["fields"] = [
                {"name": field["name"], "type": _define(field["type"], inner, types)}
                for field in schema["fields"]
            ]
        else:
            part = "symbols" if kind == "enum" else "size"
            definition[part] = schema[part]
        return name
    if kind == "array":
        return {"type": kind, "items": _define(schema["items"], namespace, types)}
    if kind == "map":
        return {"type": kind, "values": _define(schema["values"], namespace, types)}
    if kind in PRIMITIVES and "logicalType" in schema:
        return {"type": kind, "logicalType": schema["logicalType"]}
    return _define(kind, namespace, types)


def _full(name, namespace):
    return name if "." in name or not namespace else "%s.%s" % (namespace, name)


def _canonical(schema, types, seen):
    """Avro's parsing canonical form: without documentation, and each named type once."""
    if isinstance(schema, list):
        return [_canonical(branch, types, seen) for branch in schema]
    if isinstance(schema, str):
        if schema in PRIMITIVES or schema in seen:
            return schema
        if schema not in types:
            raise ValueError("no schema of %s; add its file together with this one" % schema)
        seen.add(schema)
        return _canonical(types[schema], types, seen)
    if "logicalType" in schema:
        return schema["type"]
    form = dict(schema)
    if "fields" in schema:
        form["fields"] = [
            {"name": field["name"], "type": _canonical(field["type"], types, seen)}
            for field in schema["fields"]
        ]
    for part in ("items", "values"):
        if part in schema:
            form[part] = _canonical(schema[part], types, seen)
    return form


def _table():
    table = []
    for number in range(256):
        for _ in range(8):
            number = (number >> 1) ^ (EMPTY if number & 1 else 0)
        table.append(number)
    return table


EMPTY = 0xC15D213AA4D7A795
TABLE = _table()


def fingerprint(name, types):
    """CRC-64-AVRO of a schema's canonical form."""
    form = json.dumps(_canonical(name, types, set()), separators=(",", ":"))
    value = EMPTY
    for byte in form.encode("utf-8"):
        value = (value >> 8) ^ TABLE[(value ^ byte) & 0xFF]
    return value


def plain(value):
    """For JSON: times as ISO 8601, bytes as base64."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return base64.b64encode(value).decode("ascii")


def main(directory):
    schemas = Schemas(directory)
    for line in sys.stdin:
        record = schemas.decode(base64.b64decode(line))
        print(json.dumps(record, default=plain, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
