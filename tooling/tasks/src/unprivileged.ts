/**
 * A command as a user without rights, on a machine where only root may use FUSE.
 *
 * In a namespace of mounts of its own, `/dev/fuse` is what distributions make of it (everybody may open it, and users may
 * share their mounts), and the repository is at a path that everybody may read. Nothing of that is seen outside.
 */
import { join } from "node:path"

/** Where a user without rights finds what. All of it is below one scratch folder. */
export const places = (scratch: string) => ({
  repository: join(scratch, "repository"),
  /** Home, temporary files and what else the command writes; the user's. */
  home: join(scratch, "home"),
  /** What the command leaves in `.vitest`. */
  reports: join(scratch, "home", "reports")
})

/** `$1` is the scratch folder, `$2` the repository and `$3` the folder of the repository to work in; then the command. */
const script = `
set -euo pipefail
scratch=$1 repository=$2 folder=$3
shift 3
mkdir -p "$scratch/device" "$scratch/repository" "$scratch/home/reports" "$repository/$folder/.vitest"
chmod 755 "$scratch"
chown -R nobody:nogroup "$scratch/home"
mount -t tmpfs -o mode=755 tmpfs "$scratch/device"
mknod -m 666 "$scratch/device/fuse" c $(stat -c '0x%t 0x%T' /dev/fuse)
mount --bind "$scratch/device/fuse" /dev/fuse
echo user_allow_other >"$scratch/device/fuse.conf"
mount --bind "$scratch/device/fuse.conf" /etc/fuse.conf
mount --bind "$repository" "$scratch/repository"
mount --bind "$scratch/home/reports" "$scratch/repository/$folder/.vitest"
cd "$scratch/repository/$folder"
export HOME=$scratch/home TMPDIR=$scratch/home
exec setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"
`

/** What runs a command so, in a folder of the repository. Takes root. */
export const unprivileged = (
  scratch: string,
  repository: string,
  folder: string,
  command: ReadonlyArray<string>
): ReadonlyArray<string> => [
  "unshare",
  "--mount",
  "bash",
  "--norc",
  "-c",
  script,
  "bash",
  scratch,
  repository,
  folder,
  ...command
]
