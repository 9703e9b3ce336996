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

# Which encoders and filters the worker has, as it states with what it encodes: ffmpeg does not print the versions of its libraries.
(cd "$target" && find usr -type f \( -name 'libx26[45].so*' -o -name 'libSvtAv1Enc.so*' -o -name 'libzimg.so*' -o -name 'libav*.so*' \
  -o -name 'libsw*.so*' \) -exec sha256sum {} + | sort -k 2) > "$target/etc/codec-libraries"
[ -s "$target/etc/codec-libraries" ]

echo 'worker:x:10001:10001::/scratch:/nonexistent' > "$target/etc/passwd"
echo 'worker:x:10001:' > "$target/etc/group"
# Without this file the C library asks DNS before it reads /etc/hosts.
echo 'hosts: files dns' > "$target/etc/nsswitch.conf"
# A volume gets the owner of the folder in the image together with its files; an empty folder may be left out.
echo 'Temporary files of the transcoder.' > /scratch/README
