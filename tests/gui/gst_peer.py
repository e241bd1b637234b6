"""GStreamer's RTSP server, under the system's own Python: prints its port, ends with its standard input."""

import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
gi.require_version("GstRtsp", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

LIVE = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=25/1"
ENCODED = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! rtph264pay name=pay0 pt=96"


def main() -> None:
    user, password, port = sys.stdin.readline().split()
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {LIVE} ! {ENCODED} )")
    factory.set_shared(True)
    factory.add_role_from_structure(role())
    server.get_mount_points().add_factory("/cam", factory)
    server.attach(None)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop = GLib.MainLoop()
    threading.Thread(target=until_told, args=(loop,), daemon=True).start()
    loop.run()


def role() -> "Gst.Structure":
    made = Gst.Structure.new_empty("viewer")
    made.set_value("media.factory.access", True)
    made.set_value("media.factory.construct", True)
    return made


def until_told(loop: "GLib.MainLoop") -> None:
    sys.stdin.read()
    loop.quit()


main()
