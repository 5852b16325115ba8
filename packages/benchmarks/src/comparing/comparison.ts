/** What a ratio should reach. Missing it fails no run: a busy machine is not a slow library. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** Another library at the same work. */
export interface Peer {
  readonly name: string;
  /** Rejects with a `PeerNotMeasured` where the peer cannot go on. */
  readonly measure: () => Promise<number>;
}

/** A peer could not be measured; the message says why, and the comparison goes on without it. */
export class PeerNotMeasured extends Error {
  override readonly name = 'PeerNotMeasured';
  readonly code = 'peer-not-measured';
}

/** One number of each side per round, taken in turns, so that whatever else the machine does hits both alike. */
export interface Comparison {
  readonly work: string;
  /** Of what is measured, like `events/s`. */
  readonly unit: string;
  readonly target?: Target;
  /** Measures this library once. */
  readonly ours: () => Promise<number>;
  /** Measures the least that could do the same. */
  readonly limit: () => Promise<number>;
  /** Measured in every round, too. */
  readonly peers?: readonly Peer[];
}

/** The median of another library at the same work, or why there is none. */
export type PeerResult =
  { readonly name: string; readonly value: number } | { readonly name: string; readonly notMeasured: string };

export interface Round {
  readonly ours: number;
  readonly limit: number;
}

/** What a comparison came to. */
export interface ComparisonResult {
  readonly work: string;
  /** The median of the rounds. */
  readonly ours: number;
  readonly limit: number;
  readonly peers: readonly PeerResult[];
  /** The median of the rounds' own ratios, which is steadier than the ratio of the medians. */
  readonly ratioToLimit: number;
  readonly rounds: readonly Round[];
  readonly unit: string;
}

/** The one in the middle, or the mean of the two there. */
export const medianOf = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (below === undefined || above === undefined) throw new RangeError('Expected at least one number.');
  return (below + above) / 2;
};

/** What of the limit is reached in each round. */
export const ratiosOf = (rounds: readonly Round[]): readonly number[] =>
  rounds.map(({ ours, limit }) => ours / limit);

/** Whether a ratio is as good as was hoped for. */
export const isReached = (target: Target, ratio: number): boolean =>
  'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;

const roundOf = async ({ ours, limit }: Comparison, oursFirst: boolean): Promise<Round> => {
  if (oursFirst) return { ours: await ours(), limit: await limit() };
  const first = await limit();
  return { ours: await ours(), limit: first };
};

interface PeerRounds {
  readonly peer: Peer;
  readonly values: number[];
  notMeasured?: string;
}

const measurePeer = async (rounds: PeerRounds, counts: boolean): Promise<void> => {
  if (rounds.notMeasured !== undefined) return;
  try {
    const value = await rounds.peer.measure();
    if (counts) rounds.values.push(value);
  } catch (error) {
    if (!(error instanceof PeerNotMeasured)) throw error;
    rounds.notMeasured = error.message;
  }
};

const peerResultOf = ({ peer: { name }, values, notMeasured }: PeerRounds): PeerResult =>
  notMeasured === undefined ? { name, value: medianOf(values) } : { name, notMeasured };

/** Measures both sides by turns, after a first round that does not count: it warms up compiler and caches. */
export const compare = async (
  comparison: Comparison,
  rounds: number,
  onRound: () => void,
): Promise<ComparisonResult> => {
  const taken: Round[] = [];
  const peers: readonly PeerRounds[] = (comparison.peers ?? []).map((peer) => ({ peer, values: [] }));
  for (let round = 0; round <= rounds; round += 1) {
    // The one that comes second finds warmer caches and fuller logs, so they take turns at that, too.
    const measured = await roundOf(comparison, round % 2 === 0);
    if (round > 0) taken.push(measured);
    for (const peer of peers) await measurePeer(peer, round > 0);
    onRound();
  }
  return {
    work: comparison.work,
    ours: medianOf(taken.map(({ ours }) => ours)),
    limit: medianOf(taken.map(({ limit }) => limit)),
    peers: peers.map(peerResultOf),
    ratioToLimit: medianOf(ratiosOf(taken)),
    rounds: taken,
    unit: comparison.unit,
  };
};
