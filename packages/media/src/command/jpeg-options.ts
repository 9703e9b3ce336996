/** JPEG is BT.601 in full range, whatever the video was: browsers take no other (JFIF 1.02). */
export const jpegColours = 'out_color_matrix=bt601:out_range=pc';

/** The format that ffmpeg's encoder wants; 5.1 and 7.1 warn of its name, hence no warnings. */
export const jpegOptions = ['-pix_fmt', 'yuvj420p', '-f', 'image2'];
