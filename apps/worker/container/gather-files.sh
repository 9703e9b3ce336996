#!/bin/sh
# gather-files.sh TARGET PROGRAM…: copies programs to a new root file system, with the dynamic linker and all libraries that
# they load, each at its original path. Other files of their packages are left out.
set -eu
target=$1
shift

# In Debian /lib and /lib64 are links to /usr/lib and /usr/lib64.
mkdir -p "$target/usr/lib" "$target/usr/lib64" "$target/etc" /scratch
ln -s usr/lib "$target/lib"
ln -s usr/lib64 "$target/lib64"

copy() {
  folder=$(readlink -f "$(dirname "$1")")
  file="$folder/$(basename "$1")"
  [ -e "$target$file" ] && return
  mkdir -p "$target$folder"
  cp --dereference "$file" "$target$file"
}

for program in "$@"; do
  copy "$program"
  # ldd fails for static programs.
  ldd "$program" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do copy "$library"; done || true
done

# Removes debug symbols.
find "$target" -type f -exec strip --strip-unneeded {} + 2>/dev/null || true

echo 'worker:x:10001:10001::/scratch:/nonexistent' > "$target/etc/passwd"
echo 'worker:x:10001:' > "$target/etc/group"
# Without this file the C library asks DNS before it reads /etc/hosts.
echo 'hosts: files dns' > "$target/etc/nsswitch.conf"
# A volume gets the owner of the folder in the image together with its files; an empty folder may be left out.
echo 'Temporary files of the transcoder.' > /scratch/README
