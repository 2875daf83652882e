/**
 * The modification time as an option of a write, where the provider keeps it. Pure.
 */
import type { Limits } from "@mooring/core/Capabilities"

/** `modified` where it is stored. */
export const dated = (
  { stores }: Limits,
  { modified }: { readonly modified: number }
): { readonly modified?: number } => (stores.includes("modified") ? { modified: Math.trunc(modified) } : {})
