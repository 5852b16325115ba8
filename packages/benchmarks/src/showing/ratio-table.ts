import Table from 'cli-table3';
import {
  isReached,
  ratiosOf,
  type ComparisonResult,
  type PeerResult,
  type Target,
} from '../comparing/comparison';

/** A result beside what was hoped for. */
export interface ShownResult {
  readonly result: ComparisonResult;
  readonly target: Target | undefined;
}

const three = (number: number): string =>
  number.toLocaleString('en', { maximumSignificantDigits: number >= 100 ? 6 : 3, maximumFractionDigits: 0 });

const ratio = (number: number): string => number.toFixed(2);

const wanted = (target: Target | undefined, reached: number): string => {
  if (target === undefined) return '';
  const bound = 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
  return `${bound} ${isReached(target, reached) ? 'reached' : 'MISSED'}`;
};

const peer = (result: PeerResult): string =>
  'value' in result
    ? `${result.name} ${three(result.value)}`
    : `${result.name} not measured: ${result.notMeasured}`;

const rowOf = ({ result, target }: ShownResult): string[] => {
  const ratios = ratiosOf(result.rounds);
  return [
    result.work,
    three(result.ours),
    three(result.limit),
    result.unit,
    ratio(result.ratioToLimit),
    `${ratio(Math.min(...ratios))} to ${ratio(Math.max(...ratios))}`,
    wanted(target, result.ratioToLimit),
    result.peers.map(peer).join('\n'),
  ];
};

/** The results as a table, for people. */
export const ratioTable = (results: readonly ShownResult[]): string => {
  const table = new Table({
    head: ['work', 'ours', 'limit', 'unit', 'ratio', 'rounds', 'target', 'peers'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'left', 'right', 'right', 'left', 'left'],
  });
  for (const each of results) table.push(rowOf(each));
  return table.toString();
};
