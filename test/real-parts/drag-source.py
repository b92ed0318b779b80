#!/usr/bin/python3
"""A window from which a path can be dragged, like a file manager: drag-source.py PATH X Y
Prints "ready", then "begun", and "accepted" once the window below accepts a drop."""

import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk

path, left, top = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

handle = Gtk.EventBox()
handle.add(Gtk.Label(label="drag"))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris([GLib.filename_to_uri(path, None)]))


def report_accepted(context):
    if not context.get_selected_action():
        return True
    print("accepted", flush=True)
    return False


def begin(_widget, context):
    print("begun", flush=True)
    GLib.timeout_add(20, report_accepted, context)


handle.connect("drag-begin", begin)
handle.connect("drag-end", lambda *_: Gtk.main_quit())

window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.set_default_size(120, 80)
window.add(handle)
window.move(left, top)
window.show_all()
print("ready", flush=True)
GLib.timeout_add_seconds(60, Gtk.main_quit)
Gtk.main()
