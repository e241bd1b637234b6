"""A gateway's and a camera's steering, made after WVP-PRO and ONVIF; remembers what it heard."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "gateway-key"
USER, PASSWORD = "operator", "camera-word"
SOAP = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"'
    ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl">'
    "<s:Body>{body}</s:Body></s:Envelope>"
)


class FakePtz:
    """What came in, and how it behaves."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.logins = 0
        self.refuses = False
        self.clear_logins = 0
        self.port = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> list[str]:
        """Return the commands in their order."""
        return [name for name, _ in self.heard]

    def onvif(self, asked: str) -> tuple[int, str]:
        operation = re.search(r"Body[^>]*>\s*<(?:\w+:)?(\w+)", asked)
        name = operation.group(1) if operation else ""
        if name not in ("GetSystemDateAndTime", "GetServices", "GetCapabilities"):
            self.logins += 1
            if not _is_signed(asked):
                return 401, ""
        if name in ("ContinuousMove", "Stop", "GotoPreset"):
            given = dict(re.findall(r'\b(x|y)="([-\d.]+)"', asked))
            zoom = re.search(r'Zoom[^>]*\bx="([-\d.]+)"', asked)
            pan = re.search(r'PanTilt[^>]*\bx="([-\d.]+)"', asked)
            given |= {"zoom": zoom.group(1)} if zoom else {}
            given |= {"pan": pan.group(1)} if pan else {}
            given["profile"] = str(re.search(r"ProfileToken>([^<]*)<", asked)[1])  # type: ignore[index]
            if name == "GotoPreset":
                given["preset"] = str(re.search(r"PresetToken>([^<]*)<", asked)[1])  # type: ignore[index]
            self.heard.append((name, given))
        return 200, SOAP.format(body=self._body(name))

    def _body(self, name: str) -> str:
        if name == "GetServices":
            entries = "".join(
                f"<tds:Service><tds:Namespace>http://www.onvif.org/{path}/wsdl</tds:Namespace>"
                f"<tds:XAddr>{self.base}/onvif/{path}</tds:XAddr></tds:Service>"
                for path in ("ver10/device", "ver10/media", "ver20/ptz")
            )
            return f"<tds:GetServicesResponse>{entries}</tds:GetServicesResponse>"
        if name == "GetProfiles":
            entries = "".join(
                f'<trt:Profiles token="{token}" fixed="true"><tt:Name>{token}</tt:Name></trt:Profiles>'
                for token in ("main", "second")
            )
            return f"<trt:GetProfilesResponse>{entries}</trt:GetProfilesResponse>"
        if name == "GetPresets":
            return (
                '<tptz:GetPresetsResponse><tptz:Preset token="7"><tt:Name>校门口</tt:Name></tptz:Preset>'
                "</tptz:GetPresetsResponse>"
            )
        return f"<tptz:{name}Response/>"

    def wvp(self, path: str, given: dict[str, str], key: str | None) -> tuple[int, str]:
        self.logins += 1
        if key != KEY:
            return 401, ""
        if path.startswith("/api/common/channel/list"):
            page = int(given["page"])
            rows = [{"gbDeviceId": f"{n:020d}", "gbStatus": "ON" if n % 2 else "OFF"} for n in range(1, 1301)]
            part = rows[(page - 1) * 1000 : page * 1000]
            return 200, json.dumps({"code": 0, "data": {"total": len(rows), "list": part}})
        self.heard.append((path.removeprefix("/api/front-end/"), given))
        if self.refuses:
            return 200, json.dumps({"code": 100, "msg": "设备离线"})
        presets = [{"presetId": "1", "presetName": "路口东"}, {"presetId": "2", "presetName": None}]
        return 200, json.dumps({"code": 0, "data": presets if "query" in path else None})


def _is_signed(asked: str) -> bool:
    found = {
        name: re.search(rf"{name}[^>]*>([^<]+)<", asked)
        for name in ("Username", "Password", "Nonce", "Created")
    }
    if not all(found.values()):
        return False
    words = {name: each.group(1) for name, each in found.items() if each}
    nonce = base64.b64decode(words["Nonce"])
    digest = hashlib.sha1(nonce + words["Created"].encode() + PASSWORD.encode()).digest()
    return words["Username"] == USER and words["Password"] == base64.b64encode(digest).decode()


@contextmanager
def fake_ptz() -> Iterator[FakePtz]:
    """Serve on a loopback port."""
    fake = FakePtz()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            given = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._reply(*fake.wvp(parts.path, given, self.headers["api-key"]))

        def do_POST(self) -> None:
            fake.clear_logins += "Basic" in (self.headers["Authorization"] or "")
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(*fake.onvif(asked))

        def _reply(self, status: int, words: str) -> None:
            body = words.encode()
            self.send_response(status)
            self.send_header(
                "Content-Type", "application/json" if words.startswith("{") else "application/soap+xml"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
