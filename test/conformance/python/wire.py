"""
Looks at each answer before botocore reads it, since botocore is kind: it drops members that it does not know and takes
times in any form. And compares what boto3 was given with what the simulator's log says it read.
"""

import base64
import copy
import json
from datetime import datetime, timezone
from xml.etree import ElementTree

# Codes that any operation may answer with; the service models do not repeat them.
COMMON = {
    "AccessDenied",
    "AccessDeniedException",
    "InvalidAction",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "MissingParameter",
    "SerializationException",
    "Throttling",
    "ThrottlingException",
    "UnknownOperationException",
    "ValidationException",
}


class WireCheck:
    def __init__(self):
        self.compared = 0
        self.begin()

    def begin(self):
        self._problems = []
        self._calls = []

    def problems(self):
        return list(dict.fromkeys(self._problems))

    def watch(self, client, requests_too=True):
        """`requests_too`: not for S3, whose bodies are streams, nor for resources, which write parameters anew."""
        events = client.meta.events
        events.register("before-parse.*.*", self._look)
        if requests_too:
            events.register_last("before-parameter-build.*.*", self._remember)
            events.register("before-call.*.*", self._mark)

    def _remember(self, params, model, **_):
        self._last = (model.name, copy.deepcopy(params))

    def _mark(self, params, context, **_):
        # botocore puts the invocation id into this context later, as it sends the request.
        self._calls.append((self._last, context))

    def _look(self, operation_model, response_dict, **_):
        status = response_dict["status_code"]
        look = _Look(operation_model, response_dict)
        found = look.answer() if status < 300 else look.refusal()
        self._problems += [f"{operation_model.name} [status={status}] {problem}" for problem in found]

    def requests_that_arrived_otherwise(self, log):
        lines = {line.get("invocationId"): line for line in log}
        otherwise = []
        for (operation, params), context in self._calls:
            line = lines.get(context.get("retries", {}).get("invocation-id"))
            if line is None or (line["parameters"] == {} and line["outcome"] != "ok"):
                continue
            self.compared += 1
            read = dict(line["parameters"])
            if "ClientToken" not in params:
                read.pop("ClientToken", None)  # boto3 makes one up
            if _plain(params) != read:
                otherwise.append(f"{operation}: given {_plain(params)}, read {read}")
        return otherwise


def _plain(value):
    """Parameters as the log shows them: times as ISO text, bytes as JSON writes an array of them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, (bytes, bytearray)):
        return {str(index): byte for index, byte in enumerate(value)}
    return value


class _Look:
    def __init__(self, operation_model, response):
        self.model = operation_model
        self.response = response
        self.service = operation_model.service_model
        self.protocol = self.service.metadata["protocol"]
        self.found = []

    def answer(self):
        shape = self.model.output_shape
        body = self.response["body"]
        if self.protocol == "json":
            if shape is not None:
                self._json(shape, json.loads(body), "answer")
        elif self.protocol == "query":
            root = _tree(body)
            self._is(root.tag == f"{self.model.name}Response", f"root element {root.tag}")
            self._is(root.findtext("ResponseMetadata/RequestId"), "no RequestId")
            if shape is not None:
                result = root.find(shape.serialization["resultWrapper"])
                self._is(result is not None, "no result element")
                self._xml(shape, result, "answer")
        elif isinstance(body, bytes) and body.startswith(b"<") and shape is not None:
            self._rest(shape, _tree(body))
        return self.found

    def refusal(self):
        body = self.response["body"]
        errors = {_code(shape): shape for shape in self.model.error_shapes}
        if self.protocol == "json":
            fields = json.loads(body)
            code = fields.get("__type", "").split("#")[-1]
            self._is("#" in fields.get("__type", ""), f"__type without a namespace: {fields.get('__type')}")
            self._is(self.response["headers"].get("x-amzn-errortype") == code, "another code in the header")
            fields.pop("__type", None)
            if code in errors:
                self._json(errors[code], fields, "error")
        elif self.protocol == "query":
            root = _tree(body)
            code = root.findtext("Error/Code")
            self._is(
                root.tag == "ErrorResponse" and root.findtext("RequestId"),
                "no ErrorResponse with a RequestId",
            )
            self._is(root.findtext("Error/Type") in ("Sender", "Receiver"), "no Type")
        else:
            return self.found
        self._is(code in errors or code in COMMON, f"the model of the operation has no error {code}")
        status = errors[code].metadata.get("error", {}).get("httpStatusCode") if code in errors else None
        self._is(status in (None, self.response["status_code"]), f"{code} has status {status} in the model")
        return self.found

    def _is(self, right, problem):
        if not right:
            self.found.append(problem)

    def _json(self, shape, value, path):
        kind = shape.type_name
        if value is None:
            self._is(False, f"{path} is null")
        elif kind == "structure":
            for name in shape.required_members:
                self._is(name in value, f"{path}.{name} is missing")
            if shape.metadata.get("union"):
                self._is(len(value) == 1, f"{path} is a union with {len(value)} members")
            for name, item in value.items():
                member = _member(shape, name)
                if member is None:
                    self._is(False, f"{path}.{name} is not in the model")
                else:
                    self._json(member, item, f"{path}.{name}")
        elif kind == "list":
            for item in value:
                self._json(shape.member, item, f"{path}[]")
        elif kind == "map":
            for item in value.values():
                self._json(shape.value, item, f"{path}{{}}")
        else:
            self._scalar(shape, value, path, "unixTimestamp")

    def _xml(self, shape, element, path):
        kind = shape.type_name
        if kind == "structure":
            members = {
                member.serialization.get("name", name): member for name, member in shape.members.items()
            }
            for child in element:
                member = members.get(child.tag)
                if member is None:
                    self._is(False, f"{path}.{child.tag} is not in the model")
                else:
                    self._xml(member, child, f"{path}.{child.tag}")
        elif kind == "list":
            if shape.serialization.get("flattened"):
                self._xml(shape.member, element, path)
                return
            tag = shape.member.serialization.get("name", "member")
            for child in element:
                self._is(child.tag == tag, f"{path} has elements {child.tag}, not {tag}")
                self._xml(shape.member, child, f"{path}[]")
        elif kind == "map":
            parts = ((shape.key, "key"), (shape.value, "value"))
            tags = [part.serialization.get("name", name) for part, name in parts]
            for child in element:
                self._is(child.tag == "entry", f"{path} has elements {child.tag}, not entry")
                self._is([part.tag for part in child] == tags, f"{path} has an entry without {tags}")
                self._xml(shape.value, child[-1], f"{path}{{}}")
        else:
            self._scalar(shape, _typed(shape, element.text or ""), path, "iso8601")

    def _rest(self, shape, root):
        if self.model.name == "GetBucketLocation":
            return  # the one answer of S3 whose model does not fit its XML
        payload = shape.serialization.get("payload")
        inner = shape.members[payload] if payload else shape
        in_body = [name for name, member in inner.members.items() if "location" not in member.serialization]
        known = {inner.members[name].serialization.get("name", name): inner.members[name] for name in in_body}
        for child in root:
            if child.tag in known:
                self._xml(known[child.tag], child, child.tag)
            else:
                self._is(False, f"{child.tag} is not in the model")

    def _scalar(self, shape, value, path, default_time):
        kind = shape.type_name
        right = {
            "string": lambda: isinstance(value, str),
            "character": lambda: isinstance(value, str),
            "boolean": lambda: isinstance(value, bool),
            "integer": lambda: isinstance(value, int) and not isinstance(value, bool),
            "long": lambda: isinstance(value, int) and not isinstance(value, bool),
            "float": lambda: _is_float(value),
            "double": lambda: _is_float(value),
            "blob": lambda: _is_base64(value),
            "timestamp": lambda: _is_time(value, shape.serialization.get("timestampFormat", default_time)),
        }[kind]()
        self._is(right, f"{path} is no {kind}: {value!r}")
        enum = getattr(shape, "enum", None)
        if enum:
            self._is(value in enum, f"{path} is {value!r}, not one of {enum}")


def _member(shape, wire_name):
    for name, member in shape.members.items():
        if member.serialization.get("name", name) == wire_name:
            return member
    return None


def _code(shape):
    return shape.metadata.get("error", {}).get("code", shape.name)


def _typed(shape, text):
    if shape.type_name == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        if shape.type_name in ("integer", "long"):
            return int(text)
        if shape.type_name in ("float", "double"):
            return float(text)
    except ValueError:
        return text
    return text


def _is_float(value):
    if isinstance(value, str):
        return value in ("NaN", "Infinity", "-Infinity")
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_time(value, form):
    if form == "iso8601":
        try:
            return (
                isinstance(value, str)
                and datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
            )
        except ValueError:
            return False
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_base64(value):
    try:
        base64.b64decode(value, validate=True)
        return True
    except (ValueError, TypeError):
        return False


def _tree(body):
    root = ElementTree.fromstring(body)
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
    return root
