#!/bin/sh
# gather-files.sh TARGET PROGRAM…: copies programs into a root of their own, with the loader and every library that it loads
# for them, each under the path where it is looked for. What a package brings beside these never enters the image.
set -eu
target=$1
shift

# Debian's folders are links; what is looked for below /lib is found below /usr/lib.
mkdir -p "$target/usr/lib" "$target/usr/lib64" "$target/etc" /empty
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
  # A static program has no libraries to list.
  ldd "$program" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do copy "$library"; done || true
done

# Some are shipped with their symbols.
find "$target" -type f -exec strip --strip-unneeded {} + 2>/dev/null || true

echo 'worker:x:10001:10001::/scratch:/nonexistent' > "$target/etc/passwd"
echo 'worker:x:10001:' > "$target/etc/group"
# Without it the C library asks DNS before it looks into /etc/hosts.
echo 'hosts: files dns' > "$target/etc/nsswitch.conf"
