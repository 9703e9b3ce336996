/**
 * A black image of 32x18: the stable poster of a version without video. It replaces the poster of an earlier version.
 * Made by `ffmpeg -f lavfi -i color=black:s=32x18 -frames:v 1 -q:v 31 -bitexact`.
 */
export const blankPoster: Uint8Array = Buffer.from(
  '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eH' +
    'g4eTk5ubm7q6srLZ2eD/////xABLAAEBAAAAAAAAAAAAAAAAAAAACAEBAAAAAAAAAAAAAAAAAAAAABABAAAAAAAAAAAAAAAA' +
    'AAAAABEBAAAAAAAAAAAAAAAAAAAAAP/AABEIABIAIAMBIgACEQADEQD/2gAMAwEAAhEDEQA/AJ/AAAAAAAB//9k=',
  'base64',
);
