/**
 * The 1x1 transparent GIF that collection servers answer a hit with.
 */
export const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
