/** Thrown when a body is larger than it may be. */
export class BodyTooLarge extends Error {}

/**
 * Reads a body to its end, and no further than the limit, whatever its Content-Length says.
 *
 * @throws BodyTooLarge
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new BodyTooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const piece of request.body) {
      size += piece.byteLength;
      if (size > maxBytes) throw new BodyTooLarge();
      pieces.push(piece);
    }
  }
  return Buffer.concat(pieces);
}
