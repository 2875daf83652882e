/**
 * The kinds of memory stores. Sizes are tiny so that a few objects cross every boundary.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type { Personality } from "./Personality.ts"

const flatLimits: Limits = {
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  order: "bytes",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  writeConditions: ["ifMatch", "ifNoneMatch"],
  stores: ["modified", "contentType", "metadata"],
  modifiedPrecision: 1,
  parts: { min: 1024, max: 4096, count: 10_000, ordered: false, copies: true },
  maxKey: 1024,
  maxPage: 5
}

/** Keys in containers; directories are common prefixes. */
export const flat: Personality = {
  name: "flat",
  like: "S3 and most object stores",
  limits: flatLimits,
  members: [
    "copy",
    "removeMany",
    "presign",
    "openUpload",
    "resumeUpload",
    "listUploads",
    "abortUpload",
    "createContainer",
    "removeContainer"
  ],
  reserved: [],
  lag: 0,
  upload: "parts"
}

const { parts: _, maxKey: __, ...unparted } = flatLimits

/** Directories that stand for themselves, below one root. */
export const directories: Personality = {
  name: "directories",
  like: "a local directory, Azure Files",
  limits: {
    ...unparted,
    containers: false,
    validator: "weak",
    order: "none",
    missingDirectories: "not_found",
    realDirectories: true,
    objectsBesideDirectories: false,
    writeConditions: [],
    stores: ["modified"],
    maxSegment: 255
  },
  members: ["copy", "move", "setModified", "usage", "writeAt", "createDirectory", "removeDirectory", "moveDirectory"],
  reserved: ["", ".", ".."],
  lag: 0,
  upload: "whole"
}

/** What was written is seen only by the third look. */
export const eventual: Personality = {
  ...flat,
  name: "eventual",
  like: "Internet Archive, NetStorage",
  limits: { ...flatLimits, visibility: "eventual" },
  lag: 2
}

/** States cannot be told apart, and an object has at least one byte. */
export const noValidator: Personality = {
  ...flat,
  name: "noValidator",
  like: "image services",
  limits: {
    ...unparted,
    validator: "none",
    writeConditions: [],
    emptyObjects: false,
    stores: ["contentType"],
    maxSize: 2 ** 20
  },
  members: ["copy"],
  upload: "whole"
}

/** Parts arrive one after the other. */
export const orderedParts: Personality = {
  ...flat,
  name: "orderedParts",
  like: "Google Cloud Storage, Storj",
  limits: { ...flatLimits, parts: { min: 1024, max: 1024, count: 10_000, ordered: true, copies: false } },
  members: ["copy", "openUpload", "resumeUpload", "listUploads", "abortUpload"]
}

/** An object is visible while it grows. */
export const appendOnly: Personality = {
  ...flat,
  name: "appendOnly",
  like: "append blobs, NetStorage",
  limits: { ...unparted, atomicWrite: false, writeConditions: [] },
  members: ["removeMany", "setModified"],
  upload: "append"
}

/** A key that sees one container: the listing of all of them is refused. */
export const singleContainer: Personality = {
  ...flat,
  name: "singleContainer",
  like: "a narrow key of S3 or B2",
  members: ["copy", "removeMany", "listUploads", "abortUpload"],
  onlyContainer: "box"
}

/** Every state of an object is kept. */
export const versioned: Personality = {
  ...flat,
  name: "versioned",
  like: "a bucket with versioning, B2",
  limits: { ...flatLimits, tiers: ["hot", "cold"] },
  members: [...flat.members, "move", "setModified", "versions", "removeVersion", "publicLink", "setTier"]
}

/** All of them. */
export const personalities: ReadonlyArray<Personality> = [
  flat,
  directories,
  eventual,
  noValidator,
  orderedParts,
  appendOnly,
  singleContainer,
  versioned
]
