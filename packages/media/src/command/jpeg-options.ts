/** JPEG is BT.601 in full range for any video: browsers assume it (JFIF 1.02). */
export const jpegColours = 'out_color_matrix=bt601:out_range=pc';

/**
 * The pixel format of ffmpeg's JPEG encoder; versions 5.1 and 7.1 warn that its name is deprecated, so warnings are
 * off.
 */
export const jpegOptions = ['-pix_fmt', 'yuvj420p', '-f', 'image2'];
