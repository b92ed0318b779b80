"""Counts an image with Python's tarfile, as an independent reference: count_image.py ARCHIVE|OCI-LAYOUT."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile


def reader(path):
    if os.path.isdir(path):
        return lambda name: open(os.path.join(path, name), "rb").read()
    archive = tarfile.open(path)

    def read(name):
        member = archive.getmember(name)
        while member.issym():
            member = archive.getmember(os.path.normpath(os.path.join(os.path.dirname(member.name), member.linkname)))
        return archive.extractfile(member).read()

    return read


def layers_of(read):
    try:
        manifest = json.loads(read("manifest.json"))[0]
        return manifest["Layers"]
    except (KeyError, FileNotFoundError):
        pass
    blob = lambda digest: "blobs/" + digest.replace(":", "/")
    index = json.loads(read("index.json"))
    while "manifests" in index:
        index = json.loads(read(blob(index["manifests"][0]["digest"])))
    return [blob(layer["digest"]) for layer in index["layers"]]


def unpack(data):
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:4] == b"\x28\xb5\x2f\xfd":
        return subprocess.run(["zstd", "-dc"], input=data, stdout=subprocess.PIPE, check=True).stdout
    return data


def padded(data):
    # umoci writes neither the last padding nor an end, which tarfile refuses and Docker takes.
    return data + bytes(-len(data) % 512 + 1024)


def count(path):
    read = reader(path)
    there = {}
    layers = []
    for name in layers_of(read):
        members = tarfile.open(fileobj=io.BytesIO(padded(unpack(read(name))))).getmembers()
        counts = dict(sizeBytes=0, entries=len(members), added=0, modified=0, unchanged=0)
        below = dict(there)
        for member in members:
            folder, _, leaf = os.path.normpath(member.name).lstrip("/").rpartition("/")
            base = folder + "/" if folder else ""
            if leaf == ".wh..wh..opq":
                removed = base
            elif leaf.startswith(".wh..wh.") or not leaf.startswith(".wh."):
                continue
            else:
                removed = base + leaf[4:] + "/"
            for path in [path for path in there if (path + "/").startswith(removed) and path + "/" != base]:
                del there[path]
        for member in members:
            path = os.path.normpath(member.name).lstrip("/")
            if member.isreg():
                counts["sizeBytes"] += member.size
            if path == "." or os.path.basename(path).startswith(".wh."):
                continue
            seen = (member.isdir(), member.mode, member.uid, member.gid)
            if path not in below:
                counts["added"] += 1
            elif member.isdir() and below[path] == seen:
                counts["unchanged"] += 1
            else:
                counts["modified"] += 1
            there[path] = seen
        layers.append(counts)
    return dict(layers=layers, fileCount=sum(not folder for folder, *_ in there.values()))


print(json.dumps(count(sys.argv[1])))
