import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { LogBytes, ReadRows, RowSink } from '../send-log-conformance/reading/row-sink';

/** Makes one reader of another. */
export type ReaderChange = (read: ReadRows) => ReadRows;

type Pieces = AsyncIterable<Uint8Array>;

const withPieces =
  (change: (pieces: Pieces) => Pieces): ReaderChange =>
  (read) =>
  (log, sink) =>
    read({ cutOff: log.cutOff, pieces: change(log.pieces) }, sink);

const withEachPiece = (change: (piece: Buffer) => Uint8Array): ReaderChange =>
  withPieces(async function* (pieces) {
    for await (const piece of pieces) yield change(Buffer.from(piece));
  });

const wholeOf = async (pieces: Pieces): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

const withSink =
  (change: (sink: RowSink) => RowSink): ReaderChange =>
  (read) =>
  (log, sink) =>
    read(log, change(sink));

const [newline, carriageReturn] = [0x0a, 0x0d];
const mark = Buffer.from('\uFEFF');

/** Mistakes in reading what is all there. */
export const mistakesOfReading: readonly (readonly [what: string, change: ReaderChange])[] = [
  ['text is made of every piece by itself', withEachPiece((piece) => Buffer.from(piece.toString('utf8')))],
  ['a line ends where a piece ends', withEachPiece((piece) => Buffer.concat([piece, Buffer.of(newline)]))],
  [
    'a carriage return ends a line',
    withEachPiece((piece) => piece.map((byte) => (byte === carriageReturn ? newline : byte))),
  ],
  [
    'an end of line that is cut in two is two',
    withEachPiece((piece) => (piece.at(-1) === carriageReturn ? piece.with(-1, newline) : piece)),
  ],
  [
    'the byte order mark is text',
    withPieces(async function* (pieces) {
      const all = await wholeOf(pieces);
      yield all.subarray(0, mark.length).equals(mark) ? Buffer.concat([mark, all]) : all;
    }),
  ],
  [
    'the last line counts only with an end',
    withPieces(async function* (pieces) {
      const all = await wholeOf(pieces);
      yield all.subarray(0, all.lastIndexOf(newline) + 1);
    }),
  ],
  [
    'records are numbered, and not lines',
    withSink((sink) => {
      let count = 0;
      const next = (): number => (count += 1);
      return {
        row: (_line, row) => sink.row(next(), row),
        broken: (_line, ...rest) => sink.broken(next(), ...rest),
      };
    }),
  ],
  ['what is broken is passed over', withSink((sink) => ({ row: sink.row, broken: () => undefined }))],
];

const withoutAsking: ReaderChange =
  (read) =>
  ({ pieces }, sink) =>
    read({ pieces, cutOff: () => undefined }, sink);

const withTheRest: ReaderChange = (read) =>
  async function* readRows(log, sink) {
    yield* withoutAsking(read)(log, sink);
    sink.broken(1, 'log-cut-off', log.cutOff() ?? '');
  };

/** Mistakes in reading what ends before its time. */
export const mistakesOfTheEnd: readonly (readonly [what: string, change: ReaderChange])[] = [
  ['nobody asks whether something is missing', withoutAsking],
  ['half a row is given out for a whole one', withTheRest],
];

/** Unpacks what is there, as gunzip does when it is told that a beginning is enough, and passes over the rest. */
export const openWhatIsThere = (packed: Pieces): LogBytes => {
  const unpacked = Readable.from(packed).pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }));
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* unpacked as AsyncIterable<Uint8Array>;
    } catch {
      // As if it were the end.
    }
  };
  return { pieces: pieces(), cutOff: () => undefined };
};
