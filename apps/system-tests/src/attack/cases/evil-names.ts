import type { AttackCase } from '../attack-case.ts';
import { wave } from '../build/riff.ts';

/** Names of honest videos that lead elsewhere, act in a terminal, or confuse. */
const names: [string, string, string][] = [
  ['a parent folder', 'evil/../../versions/a.mp4', 'key-not-supported'],
  ['only a parent folder', '..', 'key-not-supported'],
  ['a current folder', 'evil/./a.mp4', 'key-not-supported'],
  ['only a current folder', '.', 'key-not-supported'],
  ['an empty part', 'evil//a.mp4', 'key-not-supported'],
  ['an empty first part', '/etc/passwd', 'key-not-supported'],
  ['an empty last part', 'evil/a.mp4/', 'key-not-supported'],
  ['a newline', 'evil/a\nb.mp4', 'key-not-supported'],
  ['a carriage return', 'evil/a\r\nSet-Cookie: a=b.mp4', 'key-not-supported'],
  ['an ANSI escape', 'evil/\u001b[2J\u001b[31ma.mp4', 'key-not-supported'],
  ['a terminal title', 'evil/\u001b]0;owned\u0007.mp4', 'key-not-supported'],
  ['a C1 control character', 'evil/a\u009b31mb.mp4', 'key-not-supported'],
  ['a backspace', 'evil/a\b\b\bb.mp4', 'key-not-supported'],
  ['a NUL', 'evil/a\0b.mp4', 'key-not-supported'],
  ['a delete character', 'evil/a\u007f.mp4', 'key-not-supported'],
  ['a key that is too long for its outputs', `evil/${'a'.repeat(1_000)}.mp4`, 'key-too-long'],
  ['many folders', `${'a/'.repeat(500)}a.mp4`, 'key-too-long'],
  ['a hidden file', 'evil/.bashrc', 'no-job'],
  ['a sidecar file', 'evil/a.mp4.json', 'no-job'],
];

/** Names that only look dangerous: each is published below its own path. */
const harmlessNames: [string, string][] = [
  ['the version folder of another job', 'versions/aaaaaaaaaaaaaaaaaaaaaaaaaa/1/master.m3u8'],
  ['the stable file of another upload', 'victim.mp4/master.m3u8'],
  ['a leading dash', '-i.mp4'],
  ['an option of ffmpeg', '-protocol_whitelist file,http'],
  ['a pattern of images', 'evil/%03d.mp4'],
  ['a shell command', 'evil/$(touch owned)`id`;&|.mp4'],
  ['a protocol', 'concat:a|b.mp4'],
  ['text that changes direction', 'evil/\u202e4pm.exe'],
  ['markup', 'evil/<script>alert(1)</script>"\'&.mp4'],
  ['percent signs', 'evil/%2e%2e%2f%00.mp4'],
  ['a question mark and a hash', 'evil/a?b=c#d.mp4'],
  ['backslashes', 'evil\\..\\..\\a.mp4'],
  ['a name of JavaScript', '__proto__'],
];

export function evilNameAttacks(): AttackCase[] {
  const attack = (name: string, path: string, outcome: string): AttackCase => ({
    name: `evil name: ${name}`,
    path,
    make: () => wave(1, 8_000, 8_000),
    outcomes: [outcome],
  });
  return [
    ...names.map(([name, path, outcome]) => attack(name, path, outcome)),
    ...harmlessNames.map(([name, path]) => attack(name, path, 'published')),
  ];
}
