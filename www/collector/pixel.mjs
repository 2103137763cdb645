/**
 * The transparent 1x1 GIF with which collection servers answer a hit.
 */
export const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
