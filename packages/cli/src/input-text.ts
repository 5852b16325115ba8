import { InputError } from './input-error';

/** More than any request needs. */
export const inputBytesMax = 1024 * 1024;

/** Reads a whole input as text. Throws an `InputError` when it is no request but a flood. */
export const textOfInput = async (input: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of input) {
    bytes += piece.length;
    if (bytes > inputBytesMax)
      throw new InputError(
        `Standard input: expected a request of at most ${inputBytesMax} bytes, found more. Is it the right file?`,
      );
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};
